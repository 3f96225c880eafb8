import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type {
  Context,
  DynamoDBBatchResponse,
  DynamoDBRecord,
  DynamoDBStreamEvent,
  SQSBatchResponse,
  SQSEvent,
} from 'aws-lambda';
import { setTimeout as pause } from 'node:timers/promises';
import { log } from '../log';
import { lagMetric, lagOf } from './lag';
import { noteProgress } from './progress';
import { type Projection, project } from './project';
import { publish } from './publish';
import { sendMessage } from './queue';
import { refusedChange, retryRefused, type Retries } from './refused';
import { ANSWER_MS, type Signer } from './signed-post';

const signer: Signer = {
  region: required('AWS_REGION'),
  credentials: {
    accessKeyId: required('AWS_ACCESS_KEY_ID'),
    secretAccessKey: required('AWS_SECRET_ACCESS_KEY'),
    sessionToken: process.env.AWS_SESSION_TOKEN,
  },
};

const apiUrl = required('API_URL');
const client = new DynamoDBClient({});
const view = { client, tableName: required('VIEW_TABLE') };
const queues = { refused: required('REFUSED_QUEUE'), deadLetters: required('DEAD_LETTERS_QUEUE') };

const projection: Omit<Projection, 'merged' | 'hasTime'> = {
  view,
  publish: (event) => publish(event, { ...signer, url: apiUrl }),
  refused: (event) => sendMessage(queues.refused, refusedChange(event), signer),
  log: ({ error, ...failure }) => log('ERROR', { ...failure, error: String(error) }),
};

const retries: Omit<Retries, 'hasTime'> = {
  log: { client, tableName: required('EVENTS_TABLE') },
  view,
  publish: projection.publish,
  giveUp: (change) => sendMessage(queues.deadLetters, JSON.stringify(change), signer),
  pause: (ms) => pause(ms),
  report: ({ error, ...failure }) => log('ERROR', { ...failure, error: String(error) }),
};

/** Time for one more answer of the API, and a second for the rest. */
const RESERVE_MS = ANSWER_MS + 1_000;

/** The projector Lambda, with what its environment names: follows the log's stream, and the queue of refused changes. */
export async function handler(
  event: DynamoDBStreamEvent | SQSEvent,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
): Promise<DynamoDBBatchResponse | SQSBatchResponse> {
  const hasTime = () => context.getRemainingTimeInMillis() > RESERVE_MS;
  return isOfQueue(event) ? retryRefused(event.Records, { ...retries, hasTime }) : projectBatch(event.Records, hasTime);
}

function isOfQueue(event: DynamoDBStreamEvent | SQSEvent): event is SQSEvent {
  return event.Records.every((record) => 'messageId' in record);
}

async function projectBatch(records: DynamoDBRecord[], hasTime: () => boolean): Promise<DynamoDBBatchResponse> {
  const lags: number[] = [];
  const merged: Projection['merged'] = (events) => lags.push(...events.map((each) => lagOf(each, Date.now())));
  const answer = await project(records, { ...projection, hasTime, merged });
  // The events are projected whether this succeeds or not.
  await noteProgress(records, { ...view, now: Date.now() }).catch((error: unknown) =>
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
