import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { log } from '../log';
import { lagMetric, lagOf } from './lag';
import { noteProgress } from './progress';
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
const projection: Omit<Projection, 'merged'> = {
  view: { client: new DynamoDBClient({}), tableName: required('VIEW_TABLE') },
  publish: (event) => publish(event, api),
  log: ({ error, ...failure }) => log('ERROR', { ...failure, error: String(error) }),
};

export async function handler(event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  const lags: number[] = [];
  const merged: Projection['merged'] = (events) => lags.push(...events.map((each) => lagOf(each, Date.now())));
  const answer = await project(event.Records, { ...projection, merged });
  // The events are projected whether this succeeds or not.
  await noteProgress(event.Records, { ...projection.view, now: Date.now() }).catch((error: unknown) =>
    log('ERROR', { message: 'cannot note the progress', error: String(error) }),
  );
  if (lags.length > 0) {
    log('INFO', lagMetric(lags, required('AWS_LAMBDA_FUNCTION_NAME'), Date.now()));
  }
  return answer;
}

function required(name: string): string {
  const value = process.env[name];
  if (!value) {
    throw new Error(`The environment variable ${name} is missing`);
  }
  return value;
}
