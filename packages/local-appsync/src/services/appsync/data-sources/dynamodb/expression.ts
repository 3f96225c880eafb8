import { malformed } from '../failure';
import { object, optional, map, text } from '../shape';
import { type Item, typedValue } from './typed-value';

export const expressionFields = {
  expression: text,
  expressionNames: optional(map(text)),
  expressionValues: optional(map(typedValue)),
};

/** `{expression, expressionNames?, expressionValues?}` */
export const expression = object(expressionFields);

/** `{expression, expressionNames?}`: which attributes to return. */
export const projection = object({ expression: text, expressionNames: optional(map(text)) });

type Part = { expressionNames?: Record<string, string>; expressionValues?: Item } | undefined;

interface Placeholders {
  ExpressionAttributeNames?: Record<string, string>;
  ExpressionAttributeValues?: Item;
}

/**
 * The placeholders of all expressions of a request, which DynamoDB wants in one map each and never empty.
 * @throws DataSourceFailure when two expressions mean different things by one placeholder
 */
export function placeholders(...parts: Part[]): Placeholders {
  return {
    ExpressionAttributeNames: merged(parts.map((part) => part?.expressionNames)),
    ExpressionAttributeValues: merged(parts.map((part) => part?.expressionValues)),
  };
}

function merged<T>(maps: (Record<string, T> | undefined)[]): Record<string, T> | undefined {
  const entries = maps.flatMap((each) => (each ? Object.entries(each) : []));
  if (entries.length === 0) {
    return undefined;
  }
  const all = Object.fromEntries(entries);
  if (Object.keys(all).length < entries.length) {
    for (const [placeholder, meaning] of entries) {
      if (JSON.stringify(all[placeholder]) !== JSON.stringify(meaning)) {
        throw malformed(`The placeholder '${placeholder}' has two meanings in the expressions of one request.`);
      }
    }
  }
  return all;
}
