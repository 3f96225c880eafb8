import { isDeepStrictEqual } from 'node:util';
import { isRecord } from '../shared/is-record';
import { StartError } from '../shared/start-error';

/** What a template's functions need to know of the world. Each answers undefined for what it does not know. */
export interface Scope {
  ref(logicalId: string): unknown;
  attribute(logicalId: string, name: string): unknown;
  importValue(exportName: string): unknown;
  mapping(map: string, key: string, second: string): unknown;
  condition(name: string): boolean | undefined;
}

/** A reference to nothing: says where it stands in the template. */
export class UnresolvableReference extends StartError {
  override readonly name = 'UnresolvableReference';
  constructor(
    readonly path: string,
    what: string,
  ) {
    super(`${path}: ${what}`);
  }
}

/** Takes the place of `AWS::NoValue`: the property or list entry that holds it goes away. */
const NO_VALUE = Symbol('AWS::NoValue');

/**
 * A template value with its intrinsic functions evaluated. `path` names the value in errors.
 * Source: the CloudFormation user guide's "Intrinsic function reference".
 */
export function evaluate(value: unknown, scope: Scope, path: string): unknown {
  const result = walk(value, scope, path);
  return result === NO_VALUE ? undefined : result;
}

function walk(value: unknown, scope: Scope, path: string): unknown {
  if (Array.isArray(value)) {
    return value.map((item, i) => walk(item, scope, `${path}[${i}]`)).filter((item) => item !== NO_VALUE);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const entries = Object.entries(value);
  const [name, argument] = entries[0] ?? [];
  if (
    entries.length === 1 &&
    name !== undefined &&
    (name === 'Ref' || name === 'Condition' || name.startsWith('Fn::'))
  ) {
    const intrinsic = own(INTRINSICS, name);
    if (intrinsic) {
      return intrinsic(argument, scope, `${path}.${name}`);
    }
    if (name.startsWith('Fn::')) {
      throw new UnresolvableReference(path, `the function ${name} is not supported locally`);
    }
  }
  const result: Record<string, unknown> = {};
  for (const [key, item] of entries) {
    const resolved = walk(item, scope, `${path}.${key}`);
    if (resolved !== NO_VALUE) {
      result[key] = resolved;
    }
  }
  return result;
}

type Intrinsic = (argument: unknown, scope: Scope, path: string) => unknown;

const INTRINSICS: Record<string, Intrinsic> = {
  Ref: (argument, scope, path) =>
    argument === 'AWS::NoValue'
      ? NO_VALUE
      : known(scope.ref(String(argument)), path, `there is no resource or parameter ${argument} that has a value`),

  'Fn::GetAtt': (argument, scope, path) => {
    const [id, name] = (Array.isArray(argument) ? argument : splitOnce(String(argument), '.')) as [unknown, unknown];
    return known(
      scope.attribute(String(id), String(walk(name, scope, path))),
      path,
      `the attribute ${name} of ${id} is not known locally`,
    );
  },

  'Fn::ImportValue': (argument, scope, path) => {
    const name = String(walk(argument, scope, path));
    return known(scope.importValue(name), path, `no stack of this assembly exports ${name}`);
  },

  'Fn::Join': (argument, scope, path) => {
    const [separator, items] = list(walk(argument, scope, path), path);
    return list(items, path).join(String(separator));
  },

  'Fn::Sub': (argument, scope, path) => {
    const [text, variables] = (Array.isArray(argument) ? argument : [argument, {}]) as [unknown, unknown];
    const given = walk(variables, scope, path) as Record<string, unknown>;
    return String(text).replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
      if (literal) {
        return `\${${name}}`;
      }
      const value = given[name] ?? (name.includes('.') ? scope.attribute(...splitOnce(name, '.')) : scope.ref(name));
      return String(known(value, path, `\${${name}} is not known locally`));
    });
  },

  'Fn::Select': (argument, scope, path) => {
    const [index, items] = list(walk(argument, scope, path), path);
    return known(list(items, path)[Number(index)], path, `there is no item ${index}`);
  },

  'Fn::Split': (argument, scope, path) => {
    const [separator, text] = list(walk(argument, scope, path), path);
    return String(text).split(String(separator));
  },

  'Fn::FindInMap': (argument, scope, path) => {
    const [map, key, second, otherwise] = list(walk(argument, scope, path), path);
    const found = scope.mapping(String(map), String(key), String(second));
    const { DefaultValue } = (otherwise ?? {}) as { DefaultValue?: unknown };
    return known(found ?? DefaultValue, path, `there is no ${map}.${key}.${second} in the Mappings`);
  },

  'Fn::If': (argument, scope, path) => {
    const [condition, then, otherwise] = list(argument, path);
    return walk(holds(condition, scope, path) ? then : otherwise, scope, path);
  },

  'Fn::Base64': (argument, scope, path) => Buffer.from(String(walk(argument, scope, path))).toString('base64'),
  'Fn::GetAZs': (_, scope) => ['a', 'b', 'c'].map((zone) => `${scope.ref('AWS::Region')}${zone}`),
  'Fn::ToJsonString': (argument, scope, path) => JSON.stringify(walk(argument, scope, path)),
  'Fn::Length': (argument, scope, path) => list(walk(argument, scope, path), path).length,
  'Fn::Equals': (argument, scope, path) => {
    const [a, b, ...more] = list(walk(argument, scope, path), path);
    if (a === undefined || b === undefined || more.length > 0) {
      throw new UnresolvableReference(path, 'expected two values');
    }
    return isDeepStrictEqual(asText(a), asText(b));
  },
  'Fn::Not': (argument, scope, path) => !holds(list(argument, path)[0], scope, path),
  'Fn::And': (argument, scope, path) => list(argument, path).every((item) => holds(item, scope, path)),
  'Fn::Or': (argument, scope, path) => list(argument, path).some((item) => holds(item, scope, path)),
};

/** To CloudFormation numbers and booleans are text, also inside of lists and objects. */
function asText(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(asText);
  }
  return isRecord(value)
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, asText(item)]))
    : String(value);
}

/** A condition by its name, or the value of a condition function. */
function holds(condition: unknown, scope: Scope, path: string): boolean {
  const name = typeof condition === 'string' ? condition : (condition as { Condition?: string } | undefined)?.Condition;
  if (name !== undefined) {
    return known(scope.condition(name), path, `there is no condition ${name}`) as boolean;
  }
  return walk(condition, scope, path) === true;
}

/** What the object itself has by this name, and not what every object has. */
export function own<T>(object: Record<string, T> | undefined, name: string): T | undefined {
  return object && Object.hasOwn(object, name) ? object[name] : undefined;
}

function known(value: unknown, path: string, otherwise: string): unknown {
  if (value === undefined) {
    throw new UnresolvableReference(path, otherwise);
  }
  return value;
}

function list(value: unknown, path: string): unknown[] {
  if (!Array.isArray(value)) {
    throw new UnresolvableReference(path, `expected a list, got ${JSON.stringify(value)}`);
  }
  return value;
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
