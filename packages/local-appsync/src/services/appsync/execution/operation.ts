import {
  type DocumentNode,
  getOperationAST,
  GraphQLError,
  type GraphQLSchema,
  NoSchemaIntrospectionCustomRule,
  type OperationDefinitionNode,
  parse,
  type SelectionNode,
  specifiedRules,
  validate,
} from 'graphql';
import { HttpError } from '../../../endpoint/http-error';
import { type ErrorEntry, errorEntry } from '../errors';
import { type KnownDocuments, knownDocuments } from './known-documents';
import { fieldsOf, type Fragments, fragmentsOf } from './selection';

/** A GraphQL request as a client sends it. */
export interface GraphqlRequest {
  query: string;
  variables?: Record<string, unknown> | null;
  operationName?: string | null;
}

/** A parsed and validated operation, ready to run. */
export interface Operation {
  document: DocumentNode;
  definition: OperationDefinitionNode;
}

/** What an API lets its clients ask, besides what the schema says. */
export interface QueryRules {
  introspection: boolean;
  /** How deep selections may nest; 0: as deep as they like. */
  maxDepth: number;
}

/** Reads a request's document; answers the errors of one that is not valid. Throws HttpError for what is no GraphQL. */
export function readOperation(
  schema: GraphQLSchema,
  { query, operationName }: GraphqlRequest,
  { introspection, maxDepth }: QueryRules,
): Operation | ErrorEntry[] {
  const known = knownTo(schema, introspection);
  let document = known.get(query);
  if (!document) {
    const rules = introspection ? specifiedRules : [...specifiedRules, NoSchemaIntrospectionCustomRule];
    const [parsed, errors] = unlessUnreadable(() => {
      const parsed = parse(query);
      return [parsed, validate(schema, parsed, rules)] as const;
    });
    if (errors.length > 0) {
      return errors.map((error) => errorEntry(error, schema));
    }
    document = parsed;
    known.set(query, document);
  }
  // An empty name counts as absent.
  const definition = getOperationAST(document, operationName || null);
  if (!definition) {
    const message = operationName
      ? `Unknown operation named '${operationName}'.`
      : 'Must provide operation name if query contains multiple operations.';
    return [{ path: null, locations: null, message }];
  }
  const depth = depthOf(definition.selectionSet.selections, fragmentsOf(document));
  if (maxDepth > 0 && depth > maxDepth) {
    const message = `The operation is ${depth} levels deep; the API's limit is ${maxDepth}.`;
    return [{ path: null, data: null, errorType: 'QueryDepthLimitReached', errorInfo: null, locations: null, message }];
  }
  return { document, definition };
}

/** Documents that are known to be valid for a schema; with introspection others are. */
const valid = {
  open: new WeakMap<GraphQLSchema, KnownDocuments>(),
  closed: new WeakMap<GraphQLSchema, KnownDocuments>(),
};

function knownTo(schema: GraphQLSchema, introspection: boolean): KnownDocuments {
  const schemas = introspection ? valid.open : valid.closed;
  const known = schemas.get(schema) ?? knownDocuments();
  schemas.set(schema, known);
  return known;
}

function unlessUnreadable<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    // A document that nests by the thousands ends the stack of those who read it.
    if (error instanceof GraphQLError || error instanceof RangeError) {
      throw new HttpError(400, 'MalformedHttpRequestException', 'Unable to parse GraphQL query.');
    }
    throw error;
  }
}

function depthOf(selections: readonly SelectionNode[], fragments: Fragments): number {
  const inner = fieldsOf(selections, fragments).map(({ selectionSet }) =>
    selectionSet ? depthOf(selectionSet.selections, fragments) : 0,
  );
  return 1 + Math.max(0, ...inner);
}
