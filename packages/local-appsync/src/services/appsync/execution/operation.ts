import {
  type DocumentNode,
  getOperationAST,
  GraphQLError,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { HttpError } from '../../../endpoint/http-error';
import type { ErrorEntry } from '../errors';
import { LIMITS } from '../limits';
import { type KnownDocuments, knownDocuments } from './known-documents';
import { operationSize } from './operation-size';
import { parseDocument } from './parse-document';
import { findErrors } from './validation/find-errors';
import { findErrorsOfLarge } from './validation/large-document';

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

/** A longer document that nobody has sent before is validated beside other requests: it could take seconds. */
const SHORT = 4000;

/** Reads a request's document; answers the errors of one that is not valid. Rejects with HttpError for what is no GraphQL. */
export async function readOperation(
  schema: GraphQLSchema,
  { query, operationName }: GraphqlRequest,
  { introspection, maxDepth }: QueryRules,
): Promise<Operation | ErrorEntry[]> {
  try {
    const document = await validDocument(schema, query, introspection);
    return Array.isArray(document) ? document : operationOf(document, operationName, maxDepth);
  } catch (error) {
    // A document that nests by the thousands ends the stack of those who read it.
    if (error instanceof GraphQLError || error instanceof RangeError) {
      throw new HttpError(400, 'MalformedHttpRequestException', 'Unable to parse GraphQL query.');
    }
    throw error;
  }
}

async function validDocument(
  schema: GraphQLSchema,
  text: string,
  introspection: boolean,
): Promise<DocumentNode | ErrorEntry[]> {
  const known = knownTo(schema, introspection);
  const before = known.get(text);
  if (before) {
    return before;
  }
  const document = parseDocument(text);
  const errors =
    text.length <= SHORT
      ? findErrors(schema, document, introspection)
      : await findErrorsOfLarge(schema, text, introspection);
  if (errors.length > 0) {
    return errors;
  }
  known.set(text, document);
  return document;
}

function operationOf(
  document: DocumentNode,
  operationName: string | null | undefined,
  maxDepth: number,
): Operation | ErrorEntry[] {
  // An empty name counts as absent.
  const definition = getOperationAST(document, operationName || null);
  if (!definition) {
    const message = operationName
      ? `Unknown operation named '${operationName}'.`
      : 'Must provide operation name if query contains multiple operations.';
    return [{ path: null, locations: null, message }];
  }
  const size = operationSize(document, definition, LIMITS.fieldsPerOperation);
  if (!size) {
    const message = `The operation has more than ${LIMITS.fieldsPerOperation} fields, counting those of fragments where they are spread.`;
    return refusal('BadRequestException', message);
  }
  if (maxDepth > 0 && size.depth > maxDepth) {
    const message = `The operation is ${size.depth} levels deep; the API's limit is ${maxDepth}.`;
    return refusal('QueryDepthLimitReached', message);
  }
  if (size.introspected > LIMITS.introspectedFields) {
    const message = `The operation asks for ${size.introspected} fields of the schema; at most ${LIMITS.introspectedFields} are taken.`;
    return refusal('BadRequestException', message);
  }
  return { document, definition };
}

function refusal(errorType: string, message: string): ErrorEntry[] {
  return [{ path: null, data: null, errorType, errorInfo: null, locations: null, message }];
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
