import type { Expression } from './filter-expression';
import { isRecord } from '../../../../shared/is-record';
import { isOperation, type Operation } from './operations';
import { isAttributeSet, toDynamoDB, type AttributeMap } from './values';

/**
 * Renders the `update` of the ddb module: one SET with commas, then one REMOVE, with
 * placeholders `#expName_1`, `:expValue_1` in order of appearance. A plain value replaces, null
 * sets NULL, undefined is skipped, and a plain object changes just the members it has
 * (`#expName_1.#expName_2`); `operations.replace` replaces it whole.
 */
export function renderUpdate(update: Record<string, unknown>): Expression {
  const expressionNames: Record<string, string> = {};
  const expressionValues: AttributeMap = {};
  const sets: string[] = [];
  const removes: string[] = [];

  const nameOf = (attribute: string): string => {
    const placeholder = `#expName_${Object.keys(expressionNames).length + 1}`;
    expressionNames[placeholder] = attribute;
    return placeholder;
  };
  const bind = (value: unknown): string => {
    const placeholder = `:expValue_${Object.keys(expressionValues).length + 1}`;
    expressionValues[placeholder] = toDynamoDB(value);
    return placeholder;
  };

  const apply = (path: string, operation: Operation): void => {
    switch (operation.type) {
      case 'OPERATION_ADD':
      case 'OPERATION_REPLACE':
        sets.push(`${path} = ${bind(operation.value)}`);
        return;
      case 'OPERATION_REMOVE':
        removes.push(path);
        return;
      case 'OPERATION_INCREMENT':
        sets.push(`${path} = ${path} + ${bind(operation.by)}`);
        return;
      case 'OPERATION_DECREMENT':
        sets.push(`${path} = ${path} - ${bind(operation.by)}`);
        return;
      case 'OPERATION_APPEND':
        sets.push(`${path} = list_append(${path}, ${bind(operation.items)})`);
        return;
      case 'OPERATION_PREPEND':
        sets.push(`${path} = list_append(${bind(operation.items)}, ${path})`);
        return;
      case 'OPERATION_UPDATE_LIST_ITEM':
        sets.push(`${path}[${operation.index}] = ${bind(operation.value)}`);
        return;
    }
  };

  const change = (path: string, value: unknown): void => {
    if (isOperation(value)) {
      return apply(path, value);
    }
    if (Array.isArray(value) && value.length > 0 && value.every(isOperation)) {
      value.forEach((each: Operation) => apply(path, each));
      return;
    }
    if (isRecord(value) && Object.keys(value).length > 0 && !isAttributeSet(value)) {
      return members(`${path}.`, value);
    }
    sets.push(`${path} = ${bind(value)}`);
  };

  const members = (prefix: string, object: Record<string, unknown>): void => {
    for (const [attribute, value] of Object.entries(object)) {
      if (value !== undefined) {
        change(prefix + nameOf(attribute), value);
      }
    }
  };

  members('', update);
  const clauses = [
    ...(sets.length > 0 ? [`SET ${sets.join(', ')}`] : []),
    ...(removes.length > 0 ? [`REMOVE ${removes.join(', ')}`] : []),
  ];
  if (clauses.length === 0) {
    throw new Error('update: the update object changes nothing; give it at least one attribute.');
  }
  return { expression: clauses.join(' '), expressionNames, expressionValues };
}
