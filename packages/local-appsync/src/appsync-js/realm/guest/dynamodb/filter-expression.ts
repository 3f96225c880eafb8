import { toDynamoDB, type AttributeMap } from './values';
import { isRecord } from '../../../../shared/is-record';

/** An expression with what its placeholders stand for. */
export interface Expression {
  expression: string;
  expressionNames: Record<string, string>;
  expressionValues: AttributeMap;
}

/** The filter object has a form that AppSync cannot render. */
export class UnreadableFilter extends Error {}

const COMPARISONS: Record<string, string> = { eq: '=', ne: '<>', lt: '<', le: '<=', gt: '>', ge: '>=' };
const FUNCTIONS: Record<string, string> = {
  contains: 'contains',
  notContains: 'NOT contains',
  beginsWith: 'begins_with',
};
const TYPE_CODES: Record<string, string> = {
  _null: 'NULL',
  string: 'S',
  stringSet: 'SS',
  number: 'N',
  numberSet: 'NS',
  binary: 'B',
  binarySet: 'BS',
  boolean: 'BOOL',
  list: 'L',
  map: 'M',
};

function required<T>(value: T | undefined, what: string): T {
  if (value === undefined) {
    throw new UnreadableFilter(what);
  }
  return value;
}

function record(value: unknown, where: string): Record<string, unknown> {
  if (!isRecord(value)) {
    throw new UnreadableFilter(`${where} must be an object`);
  }
  return value;
}

function list(value: unknown, where: string): unknown[] {
  if (!Array.isArray(value)) {
    throw new UnreadableFilter(`${where} must be a list`);
  }
  return value;
}

/**
 * Renders a filter object (DynamoDBFilterObject) as AppSync does, byte for byte: names
 * `#field`, values `:path_field_operator`, a clause in brackets, several clauses of one field
 * or group in brackets again.
 * @throws UnreadableFilter
 * @see https://docs.aws.amazon.com/appsync/latest/devguide/transformation-helpers-in-utils-transform-js.html
 */
export function renderFilter(filter: unknown): Expression {
  const expressionNames: Record<string, string> = {};
  const expressionValues: AttributeMap = {};

  const bind = (placeholder: string, value: unknown): string => {
    expressionValues[placeholder] = toDynamoDB(value);
    return placeholder;
  };

  const clause = (operand: string, path: string, operator: string, value: unknown): string => {
    const placeholder = `:${path}_${operator}`;
    const comparison = COMPARISONS[operator];
    if (comparison) {
      return `(${operand} ${comparison} ${bind(placeholder, value)})`;
    }
    const call = FUNCTIONS[operator];
    if (call) {
      return `(${call}(${operand},${bind(placeholder, value)}))`;
    }
    if (operator === 'between') {
      const [start, end] = list(value, `${path}.between`);
      if (start === undefined || end === undefined) {
        throw new UnreadableFilter(`${path}.between needs two bounds`);
      }
      return `(${operand} BETWEEN ${bind(`${placeholder}_start`, start)} AND ${bind(`${placeholder}_end`, end)})`;
    }
    if (operator === 'in') {
      const values = list(value, `${path}.in`).map((each, index) => bind(`${placeholder}_${index}`, each));
      // What AppSync writes for an empty list; DynamoDB refuses it.
      return values.length === 0 ? '(null)' : `(${operand} IN (${values.join(', ')}))`;
    }
    if (operator === 'attributeExists') {
      if (typeof value !== 'boolean') {
        throw new UnreadableFilter(`${path}.attributeExists must be true or false`);
      }
      return `(${value ? 'attribute_exists' : 'attribute_not_exists'}(${operand}))`;
    }
    if (operator === 'attributeType') {
      const code = required(TYPE_CODES[String(value)], `${path}.attributeType knows no type "${String(value)}"`);
      return `(attribute_type(${operand},${bind(placeholder, code)}))`;
    }
    throw new UnreadableFilter(`${path} has an unknown operator "${operator}"`);
  };

  const field = (operand: string, path: string, operators: Record<string, unknown>): string => {
    const clauses = Object.entries(operators).map(([operator, value]) =>
      operator === 'size'
        ? field(
            operand.startsWith('size(') ? operand : `size(${operand})`,
            `${path}_size`,
            record(value, `${path}.size`),
          )
        : clause(operand, path, operator, value),
    );
    return clauses.length > 1 ? `(${clauses.join(' AND ')})` : clauses.join('');
  };

  const group = (members: unknown[], path: string, joiner: string): string => {
    const parts = members.map((member, index) => terms(record(member, path), `${path}_${index}_`));
    return parts.length > 1 ? `(${parts.join(joiner)})` : parts.join('');
  };

  const term = (name: string, value: unknown, prefix: string): string => {
    const path = `${prefix}${name}`;
    if (name === 'and') {
      return group(list(value, path), path, ' AND ');
    }
    if (name === 'or') {
      return group(list(value, path), path, ' OR ');
    }
    if (name === 'not') {
      return `(NOT ${terms(record(value, path), `${path}_`)})`;
    }
    const operators = record(value, path);
    expressionNames[`#${name}`] = name;
    return field(`#${name}`, path, operators);
  };

  const terms = (object: Record<string, unknown>, prefix: string): string =>
    Object.entries(object)
      .map(([name, value]) => term(name, value, prefix))
      .join(' AND ');

  return { expression: terms(record(filter, 'the filter'), ''), expressionNames, expressionValues };
}
