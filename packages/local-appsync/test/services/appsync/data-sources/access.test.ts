import { DynamoDbDataSource } from '../../../../src/services/appsync/data-sources/dynamodb';
import { tablesClient } from '../../../../src/services/dynamodb/engine/clients';
import { stubClient } from './stub-client';
import { typed } from './typed';

const key = typed({ id: 'a' });
const keys = [key];

function write(operation: string, more = {}) {
  return { operation, table: 'authors', key, ...more };
}

const condition = { expression: 'attribute_exists(id)' };
const everyWrite = [
  write('PutItem'),
  write('UpdateItem', { update: { expression: 'REMOVE a' } }),
  write('DeleteItem'),
  write('ConditionCheck', { condition }),
];

/** A request, and what the role needs for it: action, table and index. */
const NEEDS: [request: { operation: string } & Record<string, unknown>, ...needs: string[]][] = [
  [{ operation: 'GetItem', key }, 'dynamodb:GetItem posts'],
  [{ operation: 'PutItem', key }, 'dynamodb:PutItem posts'],
  [{ operation: 'UpdateItem', key, update: { expression: 'REMOVE a' } }, 'dynamodb:UpdateItem posts'],
  [{ operation: 'DeleteItem', key }, 'dynamodb:DeleteItem posts'],
  [{ operation: 'Query', query: { expression: 'a' } }, 'dynamodb:Query posts'],
  [{ operation: 'Query', query: { expression: 'a' }, index: 'byA' }, 'dynamodb:Query posts/index/byA'],
  [{ operation: 'Scan' }, 'dynamodb:Scan posts'],
  [{ operation: 'Scan', index: 'byA' }, 'dynamodb:Scan posts/index/byA'],
  [
    { operation: 'BatchGetItem', tables: { posts: { keys }, authors: { keys } } },
    'dynamodb:BatchGetItem posts',
    'dynamodb:BatchGetItem authors',
  ],
  [{ operation: 'BatchPutItem', tables: { authors: keys } }, 'dynamodb:BatchWriteItem authors'],
  [{ operation: 'BatchDeleteItem', tables: { authors: keys } }, 'dynamodb:BatchWriteItem authors'],
  [{ operation: 'TransactGetItems', transactItems: [{ table: 'authors', key }] }, 'dynamodb:GetItem authors'],
  [
    { operation: 'TransactWriteItems', transactItems: everyWrite },
    'dynamodb:PutItem authors',
    'dynamodb:UpdateItem authors',
    'dynamodb:DeleteItem authors',
    'dynamodb:ConditionCheckItem authors',
  ],
];

describe('The role of a DynamoDB data source', () => {
  const { client, calls } = stubClient({ Attributes: {} });
  const execute = (request: unknown, allows: (need: string) => boolean) =>
    new DynamoDbDataSource({
      name: 'Posts',
      tableName: 'posts',
      client,
      authorize: (action, { tableName, indexName }) =>
        allows(`${action} ${tableName}${indexName === undefined ? '' : `/index/${indexName}`}`),
      tokenSecret: Buffer.from('s'),
    }).execute({ request, resolver: 'Query.posts', context: {} });

  beforeEach(() => void (calls.length = 0));

  test.each(NEEDS)('needs for %j no more than %s', async (request, ...needs) => {
    const asked: string[] = [];
    const { error } = await execute(request, (need) => asked.push(need) > 0);
    expect(error).toBeUndefined();
    expect(asked).toEqual(needs);
  });

  const each = NEEDS.flatMap(([request, ...needs]) =>
    needs.map((need): [string, string, unknown] => [request.operation, need, request]),
  );
  test.each(each)('is denied %s without %s, and DynamoDB is not called', async (_, missing, request) => {
    const { error } = await execute(request, (need) => need !== missing);
    const [action, resource] = missing.split(' ');
    expect(error?.type).toBe('DynamoDB:DynamoDbException');
    const words =
      `User: arn:aws:sts::000000000000:assumed-role/Posts/APPSYNC_ASSUME_ROLE is not authorized to perform: ${action} ` +
      `on resource: arn:aws:dynamodb:us-east-1:000000000000:table/${resource} because no identity-based policy ` +
      `allows the ${action} action (Service: DynamoDb, Status Code: 400, Request ID: `;
    expect(error?.message.startsWith(words)).toBe(true);
    expect(calls).toEqual([]);
  });

  test('that is denied a batch or a transaction leaves their result in shape', async () => {
    const denied = (request: unknown) => execute(request, () => false);
    expect((await denied({ operation: 'BatchGetItem', tables: { posts: { keys } } })).result).toEqual({
      data: { posts: [null] },
      unprocessedKeys: { posts: [{ id: 'a' }] },
    });
    expect((await denied({ operation: 'TransactWriteItems', transactItems: everyWrite })).result).toEqual({
      keys: null,
      cancellationReasons: null,
    });
  });
});

describe('A DynamoDB that does not answer', () => {
  test('is an error of the SDK, as on AWS', async () => {
    const client = tablesClient('http://127.0.0.1:1');
    client.config.maxAttempts = () => Promise.resolve(1);
    const source = new DynamoDbDataSource({ name: 'Posts', tableName: 'posts', client, tokenSecret: Buffer.from('s') });
    const answer = await source.execute({
      request: { operation: 'GetItem', key },
      resolver: 'Query.posts',
      context: {},
    });
    expect(answer).toEqual({
      result: null,
      error: {
        type: 'DynamoDB:SdkClientException',
        message: expect.stringMatching(/^Unable to execute HTTP request: .*ECONNREFUSED/) as unknown,
      },
    });
  });

  test('is not what a fault of ours looks like: that rejects', async () => {
    const client = tablesClient('http://127.0.0.1:1');
    client.middlewareStack.add(() => () => Promise.reject(new TypeError('a bug')), { step: 'initialize' });
    const source = new DynamoDbDataSource({ name: 'Posts', tableName: 'posts', client, tokenSecret: Buffer.from('s') });
    const call = { request: { operation: 'GetItem', key }, resolver: 'Query.posts', context: {} };
    await expect(source.execute(call)).rejects.toThrow('a bug');
  });
});
