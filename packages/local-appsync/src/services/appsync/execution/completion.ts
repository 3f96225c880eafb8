import { getNamedType, GraphQLError, type GraphQLSchema, isObjectType } from 'graphql';

/**
 * AppSync's words, which are those of graphql-java, for a value that does not fit its field's type. Others, such as an
 * abstract type's unknown member, as graphql-js says them.
 */
export function completionMessage(error: GraphQLError, schema: GraphQLSchema): string {
  const { message, originalError, path = [] } = error;
  const place = executionPath(path);
  const [, parent, field] = /^Cannot return null for non-nullable field (\w+)\.(\w+)\.$/.exec(message) ?? [];
  if (field !== undefined) {
    const type = schema.getType(parent!);
    const name = isObjectType(type) ? getNamedType(type.getFields()[field]!.type).name : field;
    return `Cannot return null for non-nullable type: '${name}' within parent '${parent}' (${place})`;
  }
  if (message.startsWith('Expected Iterable')) {
    return `Can't resolve value (${place}) : type mismatch error, expected type LIST`;
  }
  if (message.startsWith('Expected value of type')) {
    return `Can't resolve value (${place}) : type mismatch error, expected type OBJECT`;
  }
  if (originalError instanceof GraphQLError && !message.startsWith('Abstract type')) {
    return `Can't serialize value (${place}) : ${message}`;
  }
  return message;
}

/** `/posts/items[0]/id` */
function executionPath(path: readonly (string | number)[]): string {
  return path.map((key) => (typeof key === 'number' ? `[${key}]` : `/${key}`)).join('');
}
