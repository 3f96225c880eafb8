import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { type Projection, project } from './project';
import { type Api, publish } from './publish';

const api: Api = {
  url: required('API_URL'),
  region: required('AWS_REGION'),
  credentials: {
    accessKeyId: required('AWS_ACCESS_KEY_ID'),
    secretAccessKey: required('AWS_SECRET_ACCESS_KEY'),
    sessionToken: process.env.AWS_SESSION_TOKEN,
  },
};

/** The projector Lambda: `project` with what its environment names. */
const projection: Projection = {
  view: { client: new DynamoDBClient({}), tableName: required('VIEW_TABLE') },
  publish: (event) => publish(event, api),
  log: ({ error, ...failure }) => console.error(JSON.stringify({ level: 'ERROR', ...failure, error: String(error) })),
};

export function handler(event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  return project(event.Records, projection);
}

function required(name: string): string {
  const value = process.env[name];
  if (!value) {
    throw new Error(`The environment variable ${name} is missing`);
  }
  return value;
}
