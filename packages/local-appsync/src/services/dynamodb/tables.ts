import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Deployment } from '../../cloudformation/deployment';
import { ensureTable, type TableProperties } from './engine/tables';

/** The streams of a deployment: from the ARN that the template and its functions know to the engine's own. */
export type StreamArns = Map<string, string>;

/** Makes the deployment's tables in the engine, and makes their streams known to the template. */
export async function createTables(deployment: Deployment, client: DynamoDBClient): Promise<StreamArns> {
  const streams: StreamArns = new Map();
  for (const resource of deployment.resources('AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable')) {
    const { streamArn } = await ensureTable(client, {
      tableName: resource.physical.ref,
      properties: resource.properties as TableProperties,
    });
    if (streamArn !== undefined) {
      // Engines have regions of their own, which nobody here has heard of.
      const arn = `${resource.physical.attributes.Arn}/stream/${streamArn.split('/').pop()}`;
      streams.set(arn, streamArn);
      deployment.define(resource, { StreamArn: arn });
    }
  }
  return streams;
}
