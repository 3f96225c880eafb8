import { type DocumentNode, execute, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import type { FieldAuthorization } from '../auth/directives';
import type { Caller } from '../auth/types';
import { type ErrorEntry, errorEntry, FieldError } from '../errors';

interface Listener {
  document: DocumentNode;
  definition: OperationDefinitionNode;
  variables: Record<string, unknown>;
  caller: Caller;
  /** The subscription field. */
  field: string;
}

/** The payload of a data frame. */
export interface RenderedChange {
  data: unknown;
  errors?: ErrorEntry[];
}

/** A change as this subscriber selected it, without what it may not see. No resolver runs again. */
export function renderChange(
  schema: GraphQLSchema,
  authorization: FieldAuthorization,
  { document, definition, variables, caller, field }: Listener,
  change: unknown,
): RenderedChange {
  const result = execute({
    schema,
    document,
    operationName: definition.name?.value,
    variableValues: variables,
    rootValue: { [field]: change },
    fieldResolver: (source, _args, _context, info) => {
      const refusal = authorization.refusal(caller, info.parentType.name, info.fieldName);
      if (refusal !== null) {
        throw new FieldError(refusal, 'Unauthorized');
      }
      return (source as Record<string, unknown>)[info.fieldName];
    },
  });
  if (result instanceof Promise) {
    throw new Error('a change is rendered without waiting: its values are all there');
  }
  const { data, errors } = result;
  return errors ? { data, errors: errors.map((error) => errorEntry(error, schema)) } : { data };
}
