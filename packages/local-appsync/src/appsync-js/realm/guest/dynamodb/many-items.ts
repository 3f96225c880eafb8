import { attributes, condition, list, record, rest, type Input, type Request } from './requests';
import { renderUpdate } from './update-expression';

/** `tables` of a batch, each entry rendered by `render`. */
function tables(helper: string, input: unknown, render: (table: string, entry: unknown) => unknown): Request {
  const entries = Object.entries(record(helper, 'tables', record(helper, 'the payload', input)['tables']));
  return Object.fromEntries(entries.map(([table, entry]) => [table, render(table, entry)]));
}

function maps(helper: string, name: string, value: unknown): unknown[] {
  return list(helper, name, value).map((each, index) => attributes(helper, `${name}[${index}]`, each));
}

/** tables: {name: {keys, consistentRead?, projection?}} */
export function batchGet(input: unknown): Request {
  return {
    operation: 'BatchGetItem',
    tables: tables('batchGet', input, (table, entry) => {
      const options = record('batchGet', `tables.${table}`, entry);
      return {
        keys: maps('batchGet', `tables.${table}.keys`, options['keys']),
        ...rest('batchGet', options, ['consistentRead', 'projection']),
      };
    }),
  };
}

/** tables: {name: [item, …]} */
export function batchPut(input: unknown): Request {
  return {
    operation: 'BatchPutItem',
    tables: tables('batchPut', input, (table, items) => maps('batchPut', `tables.${table}`, items)),
  };
}

/** tables: {name: [key, …]} */
export function batchDelete(input: unknown): Request {
  return {
    operation: 'BatchDeleteItem',
    tables: tables('batchDelete', input, (table, keys) => maps('batchDelete', `tables.${table}`, keys)),
  };
}

/** items: [{table, key, projection?}] */
export function transactGet(input: unknown): Request {
  return {
    operation: 'TransactGetItems',
    transactItems: list('transactGet', 'items', record('transactGet', 'the payload', input)['items']).map(
      (each, index) => {
        const item = record('transactGet', `items[${index}]`, each);
        return {
          table: item['table'],
          key: attributes('transactGet', `items[${index}].key`, item['key']),
          ...rest('transactGet', item, ['projection']),
        };
      },
    ),
  };
}

/** What each kind of transact item adds to table, operation and key. */
const WRITES: Record<string, { operation: string; body: (where: string, item: Input) => Request }> = {
  putItem: {
    operation: 'PutItem',
    body: (where, item) => ({ attributeValues: attributes('transactWrite', `${where}.item`, item['item']) }),
  },
  updateItem: {
    operation: 'UpdateItem',
    body: (where, item) => ({ update: renderUpdate(record('transactWrite', `${where}.update`, item['update'])) }),
  },
  deleteItem: { operation: 'DeleteItem', body: () => ({}) },
  conditionCheck: { operation: 'ConditionCheck', body: () => ({}) },
};

function transactCondition(where: string, value: unknown): Request {
  return value === undefined || value === null
    ? {}
    : {
        condition: {
          ...condition('transactWrite', `${where}.condition`, value),
          // Required by TransactConditionCheckExpression; true is AppSync's default.
          returnValuesOnConditionCheckFailure: true,
        },
      };
}

function transactItem(each: unknown, index: number): Request {
  const entry = record('transactWrite', `items[${index}]`, each);
  const [kind = '', ...others] = Object.keys(entry);
  const write = WRITES[kind];
  if (!write || others.length > 0) {
    throw new TypeError(`transactWrite: items[${index}] must have exactly one of ${Object.keys(WRITES).join(', ')}.`);
  }
  const where = `items[${index}].${kind}`;
  const item = record('transactWrite', where, entry[kind]);
  return {
    table: item['table'],
    operation: write.operation,
    key: attributes('transactWrite', `${where}.key`, item['key']),
    ...write.body(where, item),
    ...transactCondition(where, item['condition']),
  };
}

/** items: [{putItem | updateItem | deleteItem | conditionCheck: {table, key, …}}] */
export function transactWrite(input: unknown): Request {
  return {
    operation: 'TransactWriteItems',
    transactItems: list('transactWrite', 'items', record('transactWrite', 'the payload', input)['items']).map(
      transactItem,
    ),
  };
}
