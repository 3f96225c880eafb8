import { renderFilter, UnreadableFilter, type Expression } from './filter-expression';
import { isRecord } from '../../../../shared/is-record';
import { renderProjection } from './projection';
import { renderUpdate } from './update-expression';
import { toMapValues, type AttributeMap } from './values';

export type Input = Record<string, unknown>;
export type Request = Record<string, unknown>;

/** The helper got something it cannot make a request from. */
function refuse(helper: string, what: string): never {
  throw new TypeError(`${helper}: ${what}`);
}

export function record(helper: string, name: string, value: unknown): Input {
  return isRecord(value) ? value : refuse(helper, `${name} must be an object.`);
}

export function list(helper: string, name: string, value: unknown): unknown[] {
  return Array.isArray(value) ? value : refuse(helper, `${name} must be a list.`);
}

export function attributes(helper: string, name: string, value: unknown): AttributeMap {
  return toMapValues(record(helper, name, value));
}

export function condition(helper: string, name: string, value: unknown): Expression {
  try {
    return renderFilter(value);
  } catch (error) {
    if (error instanceof UnreadableFilter) {
      return refuse(helper, `${name} cannot be read: ${error.message}.`);
    }
    throw error;
  }
}

function given(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** The members of `input` that are there, each rendered by its kind; the others as they are. */
export function rest(helper: string, input: Input, names: readonly string[]): Request {
  const request: Request = {};
  for (const name of names) {
    const value = input[name];
    if (!given(value)) {
      continue;
    }
    if (name === 'condition' || name === 'filter' || name === 'query') {
      request[name] = condition(helper, name, value);
    } else if (name === 'projection') {
      request[name] = renderProjection(list(helper, name, value).map(String));
    } else {
      request[name] = value;
    }
  }
  return request;
}

const SYNC_FIELDS = ['customPartitionKey', 'populateIndexFields', '_version'] as const;
const SCAN_FIELDS = [
  'index',
  'filter',
  'limit',
  'nextToken',
  'consistentRead',
  'projection',
  'totalSegments',
  'segment',
  'select',
] as const;

export function get(input: unknown): Request {
  const payload = record('get', 'the payload', input);
  return {
    operation: 'GetItem',
    key: attributes('get', 'key', payload['key']),
    ...rest('get', payload, ['consistentRead', 'projection']),
  };
}

export function put(input: unknown): Request {
  const payload = record('put', 'the payload', input);
  return {
    operation: 'PutItem',
    key: attributes('put', 'key', payload['key']),
    attributeValues: attributes('put', 'item', payload['item']),
    ...rest('put', payload, ['condition', ...SYNC_FIELDS]),
  };
}

export function update(input: unknown): Request {
  const payload = record('update', 'the payload', input);
  return {
    operation: 'UpdateItem',
    key: attributes('update', 'key', payload['key']),
    update: renderUpdate(record('update', 'update', payload['update'])),
    ...rest('update', payload, ['condition', ...SYNC_FIELDS]),
  };
}

export function remove(input: unknown): Request {
  const payload = record('remove', 'the payload', input);
  return {
    operation: 'DeleteItem',
    key: attributes('remove', 'key', payload['key']),
    ...rest('remove', payload, ['condition', ...SYNC_FIELDS]),
  };
}

export function query(input: unknown): Request {
  const payload = record('query', 'the payload', input);
  record('query', 'query', payload['query']);
  return { operation: 'Query', ...rest('query', payload, ['query', ...SCAN_FIELDS, 'scanIndexForward']) };
}

export function scan(input: unknown = {}): Request {
  return {
    operation: 'Scan',
    ...rest('scan', record('scan', 'the payload', input), SCAN_FIELDS),
  };
}
