/** What `operations.*` of the ddb module return; the shapes are AppSync's. */
export type Operation =
  | { type: 'OPERATION_ADD' | 'OPERATION_REPLACE'; value: unknown }
  | { type: 'OPERATION_REMOVE' }
  | { type: 'OPERATION_INCREMENT' | 'OPERATION_DECREMENT'; by: number }
  | { type: 'OPERATION_APPEND' | 'OPERATION_PREPEND'; items: unknown[] }
  | { type: 'OPERATION_UPDATE_LIST_ITEM'; value: unknown; index: number };

// Operations are known by identity, not by shape: a user's `{type: 'OPERATION_REMOVE'}` is data.
const made = new WeakSet<object>();

function operation(value: Operation): Operation {
  made.add(value);
  return value;
}

export function isOperation(value: unknown): value is Operation {
  return typeof value === 'object' && value !== null && made.has(value);
}

export const operations = {
  add: (value: unknown) => operation({ type: 'OPERATION_ADD', value }),
  remove: () => operation({ type: 'OPERATION_REMOVE' }),
  replace: (value: unknown) => operation({ type: 'OPERATION_REPLACE', value }),
  increment: (by: number = 1) => operation({ type: 'OPERATION_INCREMENT', by }),
  decrement: (by: number = 1) => operation({ type: 'OPERATION_DECREMENT', by }),
  append: (items: unknown[]) => operation({ type: 'OPERATION_APPEND', items }),
  prepend: (items: unknown[]) => operation({ type: 'OPERATION_PREPEND', items }),
  updateListItem: (value: unknown, index: number) => operation({ type: 'OPERATION_UPDATE_LIST_ITEM', value, index }),
};
