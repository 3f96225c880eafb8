import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { REGION } from '../../cloudformation/account';
import { arn, type Naming } from '../../cloudformation/physical';
import type { DeployedService, Service } from '../service';
import { streamsClient, tablesClient } from './engine/clients';
import type { Engine } from './engine/engine';
import { startEngine } from './engine/start-engine';
import { Writes } from './engine/writes';
import { createTables, type StreamArns } from './tables';

export interface DeployedTables extends DeployedService {
  readonly engine: Engine['name'];
  readonly client: DynamoDBClient;
  readonly streams: DynamoDBStreamsClient;
  readonly streamArns: StreamArns;
  /** Tell when streams are worth a look. */
  readonly writes: Writes;
}

const table: Naming = (name, value) => {
  const tableName = String(value('TableName') ?? name);
  return { ref: tableName, attributes: { Arn: arn('dynamodb', `table/${tableName}`) } };
};

/** DynamoDB with streams, by a real engine. */
export const dynamodb: Service<DeployedTables, Record<never, never>> = {
  name: 'dynamodb',
  needs: {},
  resourceTypes: { 'AWS::DynamoDB::Table': table, 'AWS::DynamoDB::GlobalTable': table },
  start: async ({ folder, log, options }) => {
    const { dynamodbEndpoint: endpoint } = options;
    const directory = folder('engine');
    const engine = await startEngine({ engine: options.engine, endpoint, directory, log });
    const client = tablesClient(engine.endpoint, REGION);
    const streams = streamsClient(engine.endpoint, REGION);
    const writes = new Writes({ folder: engine.name === 'remote' ? undefined : directory, log });
    writes.listenTo(client);
    return {
      variables: {
        AWS_ENDPOINT_URL_DYNAMODB: engine.endpoint,
        AWS_ENDPOINT_URL_DYNAMODB_STREAMS: engine.endpoint,
      },
      died: engine.died,
      deploy: async (deployment) => {
        const streamArns = await createTables(deployment, client);
        return { engine: engine.name, client, streams, streamArns, writes };
      },
      stop: () => {
        writes.close();
        client.destroy();
        streams.destroy();
        return engine.stop();
      },
    };
  },
};
