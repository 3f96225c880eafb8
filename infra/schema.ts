import { type AuthorizationMode, AuthorizationType, Definition, SchemaFile } from 'aws-cdk-lib/aws-appsync';
import { join } from 'node:path';

const SCHEMA = join(__dirname, '..', 'schema.graphql');

/**
 * The schema as it stands; for an API without keys, without what it grants to them. AppSync does not say whether it
 * takes a directive for a mode that the API lacks, and what is not granted can't be opened by adding a key by hand.
 */
export function schemaFor(modes: AuthorizationMode[]): Definition {
  const schema = SchemaFile.fromAsset(SCHEMA);
  if (!modes.some(({ authorizationType }) => authorizationType === AuthorizationType.API_KEY)) {
    schema.definition = schema.definition.replaceAll(/ @aws_api_key\b/g, '');
  }
  return Definition.fromSchema(schema);
}
