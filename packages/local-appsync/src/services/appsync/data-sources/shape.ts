import { malformed } from './failure';

/**
 * Reads one JSON value strictly. `path` is the place in the request, written as AppSync writes it: `$[key][id]`.
 * @throws DataSourceFailure of type MappingTemplate
 */
export type Reader<T> = (value: unknown, path: string) => T;
export type Read<R> = R extends Reader<infer T> ? T : never;

export function kindOf(value: unknown): string {
  return value === null ? 'NULL' : Array.isArray(value) ? 'ARRAY' : typeof value === 'object' ? 'OBJECT' : typeof value;
}

/** AppSync takes null for an absent element: templates have always written optional ones as null. */
function absent(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}

function expected(what: string, value: unknown, path: string): Error {
  if (absent(value)) {
    return malformed(`Value for field '${path}' not found.`);
  }
  return malformed(`Expected ${what} for field '${path}', got ${kindOf(value).toUpperCase()}.`);
}

export const anything: Reader<unknown> = (value) => value;

export const text: Reader<string> = (value, path) => {
  if (typeof value !== 'string') {
    throw expected('a string', value, path);
  }
  return value;
};

export const flag: Reader<boolean> = (value, path) => {
  if (typeof value !== 'boolean') {
    throw expected('a boolean', value, path);
  }
  return value;
};

export const integer: Reader<number> = (value, path) => {
  if (!Number.isInteger(value)) {
    throw expected('an integer', value, path);
  }
  return value as number;
};

export function oneOf<T extends string>(...choices: T[]): Reader<T> {
  return (value, path) => {
    const choice = choices.find((each) => each === text(value, path));
    if (choice === undefined) {
      throw malformed(`Unsupported value '${value}' for field '${path}'; expected one of ${choices.join(', ')}.`);
    }
    return choice;
  };
}

export function optional<T>(read: Reader<T>): Reader<T | undefined> {
  return (value, path) => (absent(value) ? undefined : read(value, path));
}

export function list<T>(read: Reader<T>): Reader<T[]> {
  return (value, path) => {
    if (!Array.isArray(value)) {
      throw expected('a list', value, path);
    }
    return value.map((each, index) => read(each, `${path}[${index}]`));
  };
}

/** A JSON object whose names are data. */
export function map<T>(read: Reader<T>): Reader<Record<string, T>> {
  return (value, path) =>
    // fromEntries defines its properties, so an attribute named __proto__ stays one.
    Object.fromEntries(
      Object.entries(record(value, path)).map(([name, each]) => [name, read(each, `${path}[${name}]`)]),
    );
}

/** A JSON object with these elements and no others. */
export function object<F extends Record<string, Reader<unknown>>>(fields: F): Reader<{ [K in keyof F]: Read<F[K]> }> {
  return (value, path) => {
    const given = record(value, path);
    for (const name of Object.keys(given)) {
      if (!Object.hasOwn(fields, name)) {
        throw malformed(`Unsupported element '${path}[${name}]'.`);
      }
    }
    const read: Partial<Record<keyof F, unknown>> = {};
    for (const name in fields) {
      read[name] = fields[name]!(given[name], `${path}[${name}]`);
    }
    return read as { [K in keyof F]: Read<F[K]> };
  };
}

/** A whole request; `version`, which mapping templates had, is still taken and means nothing. */
export function request<F extends Record<string, Reader<unknown>>>(fields: F) {
  const read = object({ version: optional(text), operation: optional(text), ...fields });
  return (value: unknown) => read(present(value), '$');
}

/** @throws DataSourceFailure when the handler returned nothing. */
export function present(value: unknown): unknown {
  if (absent(value)) {
    throw malformed('Template transformation yielded an empty response.');
  }
  return value;
}

/** The operation that a request asks for. */
export function operationOf(value: unknown): string {
  return text(record(present(value), '$').operation, '$[operation]');
}

function record(value: unknown, path: string): Record<string, unknown> {
  if (kindOf(value) !== 'OBJECT') {
    throw expected('a JSON object', value, path);
  }
  return value as Record<string, unknown>;
}
