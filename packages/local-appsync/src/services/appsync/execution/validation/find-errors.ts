import {
  type DocumentNode,
  type GraphQLSchema,
  NoSchemaIntrospectionCustomRule,
  specifiedRules,
  validate,
} from 'graphql';
import { type ErrorEntry, errorEntry } from '../../errors';

/** What is wrong with a document. Throws RangeError for one that nests by the thousands. */
export function findErrors(schema: GraphQLSchema, document: DocumentNode, introspection: boolean): ErrorEntry[] {
  const rules = introspection ? specifiedRules : [...specifiedRules, NoSchemaIntrospectionCustomRule];
  return validate(schema, document, rules).map((error) => errorEntry(error, schema));
}
