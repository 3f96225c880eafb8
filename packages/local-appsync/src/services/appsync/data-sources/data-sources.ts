import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type DataSourceDefinition, Unsupported } from '../definition/definition';
import { ACCOUNT, REGION } from '../../../cloudformation/account';
import type { DataSource } from '../../../appsync-js/data-source';
import { DynamoDbDataSource } from './dynamodb';
import { LambdaDataSource } from './lambda';
import type { Functions } from '../../lambda/functions';
import type { Policies } from '../../iam/policy';
import type { Semantics } from '../../../appsync-js/quirks/semantics';

export interface DataSourceSurroundings {
  client: DynamoDBClient;
  functions: Functions;
  /** By role ARN: a data source may do what its service role may. */
  policies: ReadonlyMap<string, Policies>;
  semantics?: Semantics;
}

/** Makes the data sources that reach outside the API, each with the rights of its role. */
export function dataSources(surroundings: DataSourceSurroundings) {
  return (definition: DataSourceDefinition): DataSource | undefined => {
    switch (definition.type) {
      case 'AMAZON_DYNAMODB':
        return table(definition, surroundings);
      case 'AWS_LAMBDA':
        return lambda(definition, surroundings);
      default:
        return undefined;
    }
  };
}

function table({ name, properties, resource }: DataSourceDefinition, surroundings: DataSourceSurroundings): DataSource {
  const { TableName } = properties.DynamoDBConfig as { TableName: string };
  const role = rights(resource, surroundings);
  return new DynamoDbDataSource({
    name,
    tableName: TableName,
    client: surroundings.client,
    authorize: (action, { tableName, indexName }) => {
      const index = indexName === undefined ? '' : `/index/${indexName}`;
      return role.allows(action, `arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/${tableName}${index}`);
    },
    invokeLambda: (arn, payload) => surroundings.functions.invoke(arn, payload),
    // Tokens are bound to their place, not kept from anyone: they work after a restart, too.
    tokenSecret: Buffer.from(resource.physical.ref),
    semantics: surroundings.semantics,
  });
}

function lambda(
  { name, properties, resource }: DataSourceDefinition,
  surroundings: DataSourceSurroundings,
): DataSource {
  const { LambdaFunctionArn } = properties.LambdaConfig as { LambdaFunctionArn: string };
  if (!rights(resource, surroundings).allows('lambda:InvokeFunction', LambdaFunctionArn)) {
    throw new Unsupported(resource, `its service role may not invoke ${LambdaFunctionArn}`);
  }
  surroundings.functions.find(LambdaFunctionArn);
  return new LambdaDataSource(name, (payload) => surroundings.functions.invoke(LambdaFunctionArn, payload));
}

function rights(resource: DataSourceDefinition['resource'], { policies }: DataSourceSurroundings): Policies {
  const role = policies.get(String(resource.properties.ServiceRoleArn));
  if (!role) {
    throw new Unsupported(resource, 'its ServiceRoleArn must be a role of the assembly');
  }
  return role;
}
