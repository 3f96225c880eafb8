import { DynamoDbDataSource } from '../../../../src/services/appsync/data-sources/dynamodb';
import { stubClient } from './stub-client';
import { typed } from './typed';

const key = typed({ id: 'a', version: 1 });
const update = { expression: 'SET a = b' };
const condition = { expression: 'attribute_exists(id)' };
const get = { operation: 'GetItem', key };
const put = { operation: 'PutItem', key };
const query = { operation: 'Query', query: { expression: 'id = :id' } };

function transact(entry: unknown) {
  return { operation: 'TransactWriteItems', transactItems: [entry] };
}

function unsupported(element: string) {
  return `Unsupported element '${element}'.`;
}

function missing(field: string) {
  return `Value for field '${field}' not found.`;
}

/** A malformed request, and what AppSync says of it. */
const MALFORMED: [request: unknown, message: string][] = [
  [undefined, 'Template transformation yielded an empty response.'],
  [null, 'Template transformation yielded an empty response.'],
  ['text', "Expected a JSON object for field '$', got STRING."],
  [[], "Expected a JSON object for field '$', got ARRAY."],
  [{}, missing('$[operation]')],
  [{ operation: 1 }, "Expected a string for field '$[operation]', got NUMBER."],
  [{ operation: 'GetItem' }, missing('$[key]')],
  [{ ...get, key: null }, missing('$[key]')],
  [{ ...get, key: 'a' }, "Expected a JSON object for field '$[key]', got STRING."],
  [{ ...get, item: {} }, unsupported('$[item]')],
  [{ ...get, consistentRead: 'true' }, "Expected a boolean for field '$[consistentRead]', got STRING."],
  [{ ...get, projection: { expression: 'a', expressionValues: {} } }, unsupported('$[projection][expressionValues]')],
  [{ ...put, returnValues: 'ALL_OLD' }, unsupported('$[returnValues]')],
  [{ ...put, _version: 1 }, unsupported('$[_version]')],
  [{ ...put, customPartitionKey: 'a' }, unsupported('$[customPartitionKey]')],
  [{ ...put, condition: {} }, missing('$[condition][expression]')],
  [
    { ...put, condition: { ...condition, returnValuesOnConditionCheckFailure: true } },
    unsupported('$[condition][returnValuesOnConditionCheckFailure]'),
  ],
  [
    { ...put, condition: { ...condition, conditionalCheckFailedHandler: { strategy: 'Ignore' } } },
    "Unsupported value 'Ignore' for field '$[condition][conditionalCheckFailedHandler][strategy]'; expected one of Reject, Custom.",
  ],
  [
    { ...put, condition: { ...condition, equalsIgnore: ['a', 1] } },
    "Expected a string for field '$[condition][equalsIgnore][1]', got NUMBER.",
  ],
  [{ operation: 'UpdateItem', key }, missing('$[update]')],
  [
    { operation: 'UpdateItem', key, update: { ...update, expressionNames: { '#a': 1 } } },
    "Expected a string for field '$[update][expressionNames][#a]', got NUMBER.",
  ],
  [{ operation: 'DeleteItem', key, attributeValues: {} }, unsupported('$[attributeValues]')],
  [{ operation: 'Query' }, missing('$[query]')],
  [{ ...query, limit: 1.5 }, "Expected an integer for field '$[limit]', got NUMBER."],
  [{ ...query, limit: '1' }, "Expected an integer for field '$[limit]', got STRING."],
  [{ ...query, nextToken: 1 }, "Expected a string for field '$[nextToken]', got NUMBER."],
  [
    { ...query, select: 'COUNT' },
    "Unsupported value 'COUNT' for field '$[select]'; expected one of ALL_ATTRIBUTES, ALL_PROJECTED_ATTRIBUTES, SPECIFIC_ATTRIBUTES.",
  ],
  [{ operation: 'Scan', scanIndexForward: true }, unsupported('$[scanIndexForward]')],
  [{ operation: 'BatchGetItem' }, missing('$[tables]')],
  [
    { operation: 'BatchGetItem', tables: { posts: [key] } },
    "Expected a JSON object for field '$[tables][posts]', got ARRAY.",
  ],
  [
    { operation: 'BatchPutItem', tables: { posts: { keys: [] } } },
    "Expected a list for field '$[tables][posts]', got OBJECT.",
  ],
  [{ operation: 'TransactGetItems', transactItems: [{ key }] }, missing('$[transactItems][0][table]')],
  [transact({ table: 'posts', key }), missing('$[transactItems][0][operation]')],
  [
    transact({ table: 'posts', key, operation: 'GetItem' }),
    "Unsupported value 'GetItem' for field '$[transactItems][0][operation]'; expected one of PutItem, UpdateItem, DeleteItem, ConditionCheck.",
  ],
  [transact({ table: 'posts', key, operation: 'ConditionCheck' }), missing('$[transactItems][0][condition]')],
  [
    transact({ table: 'posts', key, operation: 'PutItem', condition: { ...condition, equalsIgnore: [] } }),
    unsupported('$[transactItems][0][condition][equalsIgnore]'),
  ],
  [transact({ table: 'posts', key, operation: 'DeleteItem', update }), unsupported('$[transactItems][0][update]')],
];

describe('The DynamoDB data source', () => {
  const { client, calls } = stubClient();
  const source = new DynamoDbDataSource({ name: 'Posts', tableName: 'posts', client, tokenSecret: Buffer.from('s') });
  const execute = (request: unknown) => source.execute({ request, resolver: 'Query.posts', context: {} });

  test.each(MALFORMED)('refuses %j without calling DynamoDB', async (request, message) => {
    expect(await execute(request)).toEqual({ result: null, error: { type: 'MappingTemplate', message } });
    expect(calls).toEqual([]);
  });

  test.each([
    ['Sync', /^Unsupported operation 'Sync'\. Sync is for versioned data sources/],
    ['Increment', /^Unsupported operation 'Increment'\. Supported: GetItem, .*TransactWriteItems\.$/],
    ['toString', /^Unsupported operation 'toString'\./],
  ])('refuses the operation %s by name', async (operation, message) => {
    const { error } = await execute({ operation });
    expect(error).toEqual({ type: 'MappingTemplate', message: expect.stringMatching(message) as unknown });
  });

  test.each([
    [{ ...get, consistentRead: true }, { ConsistentRead: true }],
    [
      { operation: 'BatchGetItem', tables: { posts: { keys: [key], consistentRead: true } } },
      { RequestItems: { posts: { ConsistentRead: true } } },
    ],
    [{ ...query, select: 'ALL_PROJECTED_ATTRIBUTES' }, { Select: 'ALL_PROJECTED_ATTRIBUTES' }],
    [
      { operation: 'Scan', consistentRead: false, limit: 7 },
      { ConsistentRead: false, Limit: 7 },
    ],
    [{ ...get, version: '2018-05-29' }, { TableName: 'posts' }],
  ])('passes on the options of %j', async (request, input) => {
    expect((await execute(request)).error).toBeUndefined();
    expect(calls.splice(0)).toMatchObject([input]);
  });
});
