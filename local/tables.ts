import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Deployment } from './cloudformation/deployment';
import { ensureTable, type TableProperties } from './engine/tables';

/** Makes the deployment's tables in the engine, and makes their streams known to the template. */
export async function createTables(deployment: Deployment, client: DynamoDBClient): Promise<void> {
  for (const resource of deployment.resources('AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable')) {
    const { streamArn } = await ensureTable(client, {
      tableName: resource.physical.ref,
      properties: resource.properties as TableProperties,
    });
    if (streamArn !== undefined) {
      deployment.define(resource, { StreamArn: streamArn });
    }
  }
}
