import { runner } from './support';

const { valueOf, errorOf } = runner();

const key = { id: { S: '1' } };
const missing = { expression: '(attribute_not_exists(#id))', expressionNames: { '#id': 'id' }, expressionValues: {} };

describe('The ddb module makes the request of', () => {
  it.each<[string, object]>([
    ["get({ key: { id: '1' } })", { operation: 'GetItem', key }],
    [
      "get({ key: { id: '1', n: 2 }, consistentRead: true, projection: ['id', 'nested.list[1].id'] })",
      {
        operation: 'GetItem',
        key: { ...key, n: { N: 2 } },
        consistentRead: true,
        projection: {
          expression: '#projName_1, #projName_2.#projName_3[1].#projName_1',
          expressionNames: { '#projName_1': 'id', '#projName_2': 'nested', '#projName_3': 'list' },
        },
      },
    ],
    [
      "put({ key: { id: '1' }, item: { value: 10, no: undefined } })",
      { operation: 'PutItem', key, attributeValues: { value: { N: 10 } } },
    ],
    [
      "put({ key: { id: '1' }, item: {}, condition: { id: { attributeExists: false } }, customPartitionKey: 'c', populateIndexFields: true, _version: 3 })",
      {
        operation: 'PutItem',
        key,
        attributeValues: {},
        condition: missing,
        customPartitionKey: 'c',
        populateIndexFields: true,
        _version: 3,
      },
    ],
    ["put({ key: { id: '1' }, item: {}, condition: null })", { operation: 'PutItem', key, attributeValues: {} }],
    ["remove({ key: { id: '1' } })", { operation: 'DeleteItem', key }],
    [
      "remove({ key: { id: '1' }, condition: { id: { attributeExists: false } } })",
      { operation: 'DeleteItem', key, condition: missing },
    ],
    ["scan({ limit: 10, nextToken: 'abc' })", { operation: 'Scan', limit: 10, nextToken: 'abc' }],
    [
      'scan({ limit: null, nextToken: undefined, totalSegments: 2, segment: 0 })',
      { operation: 'Scan', totalSegments: 2, segment: 0 },
    ],
    ['scan()', { operation: 'Scan' }],
    [
      "query({ query: { id: { eq: '1' }, at: { gt: 5 } }, index: 'byAt', filter: { id: { attributeExists: false } }, limit: 5, scanIndexForward: false, consistentRead: true, select: 'ALL_ATTRIBUTES' })",
      {
        operation: 'Query',
        query: {
          expression: '(#id = :id_eq) AND (#at > :at_gt)',
          expressionNames: { '#id': 'id', '#at': 'at' },
          expressionValues: { ':id_eq': { S: '1' }, ':at_gt': { N: 5 } },
        },
        index: 'byAt',
        filter: missing,
        limit: 5,
        consistentRead: true,
        select: 'ALL_ATTRIBUTES',
        scanIndexForward: false,
      },
    ],
    [
      "batchGet({ tables: { post: { keys: [{ id: '1' }], consistentRead: false, projection: ['id'] } } })",
      {
        operation: 'BatchGetItem',
        tables: {
          post: {
            keys: [key],
            consistentRead: false,
            projection: { expression: '#projName_1', expressionNames: { '#projName_1': 'id' } },
          },
        },
      },
    ],
    [
      "batchPut({ tables: { post: [{ id: '1', n: 1 }], note: [] } })",
      { operation: 'BatchPutItem', tables: { post: [{ ...key, n: { N: 1 } }], note: [] } },
    ],
    ["batchDelete({ tables: { post: [{ id: '1' }] } })", { operation: 'BatchDeleteItem', tables: { post: [key] } }],
    [
      "transactGet({ items: [{ table: 'post', key: { id: '1' }, projection: ['name'] }, { table: 'note', key: { id: '1' } }] })",
      {
        operation: 'TransactGetItems',
        transactItems: [
          { table: 'post', key, projection: { expression: '#projName_1', expressionNames: { '#projName_1': 'name' } } },
          { table: 'note', key },
        ],
      },
    ],
    [
      'transactWrite({ items: [' +
        "{ putItem: { table: 't', key: { id: '1' }, item: { a: 1 }, condition: { id: { attributeExists: false } } } }, " +
        "{ updateItem: { table: 't', key: { id: '1' }, update: { a: 2 } } }, " +
        "{ deleteItem: { table: 't', key: { id: '1' } } }, " +
        "{ conditionCheck: { table: 't', key: { id: '1' }, condition: { id: { attributeExists: false } } } }] })",
      {
        operation: 'TransactWriteItems',
        transactItems: [
          {
            table: 't',
            operation: 'PutItem',
            key,
            attributeValues: { a: { N: 1 } },
            condition: { ...missing, returnValuesOnConditionCheckFailure: true },
          },
          {
            table: 't',
            operation: 'UpdateItem',
            key,
            update: {
              expression: 'SET #expName_1 = :expValue_1',
              expressionNames: { '#expName_1': 'a' },
              expressionValues: { ':expValue_1': { N: 2 } },
            },
          },
          { table: 't', operation: 'DeleteItem', key },
          {
            table: 't',
            operation: 'ConditionCheck',
            key,
            condition: { ...missing, returnValuesOnConditionCheckFailure: true },
          },
        ],
      },
    ],
  ])('%s', (call, request) => {
    expect(valueOf(`ddb.${call}`)).toEqual(request);
  });

  it.each([
    ['get()', 'get: the payload must be an object.'],
    ['get({})', 'get: key must be an object.'],
    ["put({ key: { id: '1' } })", 'put: item must be an object.'],
    ["update({ key: { id: '1' } })", 'update: update must be an object.'],
    ["update({ key: { id: '1' }, update: {} })", 'update: the update object changes nothing'],
    ['query({})', 'query: query must be an object.'],
    ["get({ key: { id: '1' }, projection: 'id' })", 'get: projection must be a list.'],
    ['batchDelete({ tables: { post: { keys: [] } } })', 'batchDelete: tables.post must be a list.'],
    ['batchPut({ tables: { post: [1] } })', 'batchPut: tables.post[0] must be an object.'],
    ['batchGet({ tables: [] })', 'batchGet: tables must be an object.'],
    ['transactGet({})', 'transactGet: items must be a list.'],
    [
      "transactWrite({ items: [{ table: 't' }] })",
      'transactWrite: items[0] must have exactly one of putItem, updateItem, deleteItem, conditionCheck.',
    ],
    ['transactWrite({ items: [{ putItem: {}, deleteItem: {} }] })', 'transactWrite: items[0] must have exactly one of'],
    [
      "transactWrite({ items: [{ putItem: { table: 't' } }] })",
      'transactWrite: items[0].putItem.key must be an object.',
    ],
  ])('nothing from %s, but says why', (call, why) => {
    expect(errorOf(`ddb.${call}`)).toContain(why);
  });
});

describe('An update', () => {
  const update = (object: string) => valueOf(`ddb.update({ key: { id: '1' }, update: ${object} }).update`);

  it.each<[string, string, object, object]>([
    [
      '{ a: 1, b: null, c: undefined }',
      'SET #expName_1 = :expValue_1, #expName_2 = :expValue_2',
      { '#expName_1': 'a', '#expName_2': 'b' },
      { ':expValue_1': { N: 1 }, ':expValue_2': { NULL: null } },
    ],
    [
      '{ age: ddb.operations.add(10) }',
      'SET #expName_1 = :expValue_1',
      { '#expName_1': 'age' },
      { ':expValue_1': { N: 10 } },
    ],
    [
      '{ v: ddb.operations.replace({ a: 10 }) }',
      'SET #expName_1 = :expValue_1',
      { '#expName_1': 'v' },
      { ':expValue_1': { M: { a: { N: 10 } } } },
    ],
    [
      '{ v: ddb.operations.increment() }',
      'SET #expName_1 = #expName_1 + :expValue_1',
      { '#expName_1': 'v' },
      { ':expValue_1': { N: 1 } },
    ],
    [
      '{ v: ddb.operations.decrement(10) }',
      'SET #expName_1 = #expName_1 - :expValue_1',
      { '#expName_1': 'v' },
      { ':expValue_1': { N: 10 } },
    ],
    [
      '{ v: ddb.operations.append([1]) }',
      'SET #expName_1 = list_append(#expName_1, :expValue_1)',
      { '#expName_1': 'v' },
      { ':expValue_1': { L: [{ N: 1 }] } },
    ],
    [
      '{ v: ddb.operations.prepend([1]) }',
      'SET #expName_1 = list_append(:expValue_1, #expName_1)',
      { '#expName_1': 'v' },
      { ':expValue_1': { L: [{ N: 1 }] } },
    ],
    [
      "{ v: [ddb.operations.updateListItem('x', 1), ddb.operations.updateListItem('y', 2)] }",
      'SET #expName_1[1] = :expValue_1, #expName_1[2] = :expValue_2',
      { '#expName_1': 'v' },
      { ':expValue_1': { S: 'x' }, ':expValue_2': { S: 'y' } },
    ],
    ['{ v: ddb.operations.remove() }', 'REMOVE #expName_1', { '#expName_1': 'v' }, {}],
    [
      '{ a: ddb.operations.remove(), b: 1, c: ddb.operations.remove() }',
      'SET #expName_2 = :expValue_1 REMOVE #expName_1, #expName_3',
      { '#expName_1': 'a', '#expName_2': 'b', '#expName_3': 'c' },
      { ':expValue_1': { N: 1 } },
    ],
    [
      '{ v: [1, 2] }',
      'SET #expName_1 = :expValue_1',
      { '#expName_1': 'v' },
      { ':expValue_1': { L: [{ N: 1 }, { N: 2 }] } },
    ],
    ['{ v: {} }', 'SET #expName_1 = :expValue_1', { '#expName_1': 'v' }, { ':expValue_1': { M: {} } }],
    [
      "{ v: { city: 'x', zip: ddb.operations.remove() } }",
      'SET #expName_1.#expName_2 = :expValue_1 REMOVE #expName_1.#expName_3',
      { '#expName_1': 'v', '#expName_2': 'city', '#expName_3': 'zip' },
      { ':expValue_1': { S: 'x' } },
    ],
    [
      "{ v: ddb.toStringSet(['x']) }",
      'SET #expName_1 = :expValue_1',
      { '#expName_1': 'v' },
      { ':expValue_1': { SS: ['x'] } },
    ],
  ])('%s', (object, expression, expressionNames, expressionValues) => {
    expect(update(object)).toEqual({ expression, expressionNames, expressionValues });
  });

  it('takes data that looks like an operation for data', () => {
    expect(update("{ v: { type: 'OPERATION_REMOVE' } }")).toMatchObject({
      expression: 'SET #expName_1.#expName_2 = :expValue_1',
    });
  });

  it('carries key and condition', () => {
    expect(
      valueOf("ddb.update({ key: { id: '1' }, update: { a: 1 }, condition: { id: { attributeExists: false } } })"),
    ).toMatchObject({
      operation: 'UpdateItem',
      key,
      condition: missing,
    });
  });
});

describe('operations give what AppSync was seen to give:', () => {
  it.each([
    ['add(10)', { type: 'OPERATION_ADD', value: 10 }],
    ['replace({ a: 1 })', { type: 'OPERATION_REPLACE', value: { a: 1 } }],
    ['remove()', { type: 'OPERATION_REMOVE' }],
    ['increment(10)', { type: 'OPERATION_INCREMENT', by: 10 }],
    ['decrement(10)', { type: 'OPERATION_DECREMENT', by: 10 }],
    ['append([1])', { type: 'OPERATION_APPEND', items: [1] }],
    ['prepend([1])', { type: 'OPERATION_PREPEND', items: [1] }],
    ["updateListItem('x', 1)", { type: 'OPERATION_UPDATE_LIST_ITEM', value: 'x', index: 1 }],
  ])('%s', (call, value) => {
    expect(valueOf(`ddb.operations.${call}`)).toEqual(value);
  });
});
