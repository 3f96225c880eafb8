import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import {
  GetRecordsCommand,
  GetShardIteratorCommand,
  ResourceNotFoundException,
  TrimmedDataAccessException,
} from '@aws-sdk/client-dynamodb-streams';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
} from '@aws-sdk/client-sqs';
import type { DynamoDBBatchResponse, DynamoDBRecord } from 'aws-lambda';
import type { Item } from '../functions/project/decode';
import type { RefusedChange } from '../functions/project/refused';
import type { Deployment } from './deployment';
import { OpsError } from './ops-error';
import { type Progress, scan } from './scan';

export interface RedriveOptions {
  /** Tell what would be done, and leave the letters where they are. */
  dryRun?: boolean;
  progress?: Progress;
  /** Hears of each letter. */
  letter?: (letter: RedrivenLetter) => void;
}

export interface RedrivenLetter {
  messageId: string;
  /** What the letter is about: `ticketId version`. */
  events: string[];
  /** Of those, what the projector has refused again. */
  refused: string[];
  /** The projector did not answer at all: why. */
  error?: string;
}

export interface Redrive {
  letters: number;
  events: number;
  /** Letters that stay in the queue. */
  kept: number;
}

/** What Lambda tells of a batch that it gave up on. */
interface BatchInfo {
  streamArn: string;
  shardId: string;
  startSequenceNumber: string;
  endSequenceNumber: string;
  approximateArrivalOfFirstRecord: string;
  approximateArrivalOfLastRecord: string;
}

/** How long a letter is ours while it is worked on. */
const VISIBILITY_SECONDS = 60;
/** Clocks of the API and of the stream may differ by as much. */
const CLOCK_SKEW_MS = 60_000;

/**
 * Takes dead letters, reads the events that each is about from the log and hands them to the projector, which merges
 * them and tells subscribers: as deployed, with its own role. A letter goes once all of its events are projected.
 */
export async function redrive(deployment: Deployment, options: RedriveOptions = {}): Promise<Redrive> {
  const { letter: told = () => undefined, dryRun = false } = options;
  const result: Redrive = { letters: 0, events: 0, kept: 0 };
  const kept: Message[] = [];
  try {
    // Each is hidden while others are worked on; one that shows again has been here before.
    const seen = new Set<string>();
    for (;;) {
      const message = await nextLetter(deployment);
      if (!message?.MessageId || seen.has(message.MessageId)) {
        return result;
      }
      seen.add(message.MessageId);
      kept.push(message);
      const letter = await open(message, deployment, options);
      if (!dryRun && letter.refused.length === 0 && letter.error === undefined) {
        await remove(message, deployment);
        kept.pop();
      }
      result.letters += 1;
      result.events += letter.events.length;
      result.kept = kept.length;
      told(letter);
    }
  } finally {
    await Promise.all(kept.map((message) => putBack(message, deployment)));
  }
}

async function open(
  message: Message,
  deployment: Deployment,
  { dryRun, progress = () => undefined }: RedriveOptions,
): Promise<RedrivenLetter> {
  const events = await eventsOf(message, deployment, progress);
  const letter = { messageId: message.MessageId!, events: events.map(nameOf), refused: [] };
  return dryRun ? letter : { ...letter, ...(await project(events, deployment)) };
}

async function nextLetter({ sqs, deadLetters }: Deployment): Promise<Message | undefined> {
  const { Messages } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: deadLetters,
      MaxNumberOfMessages: 1,
      VisibilityTimeout: VISIBILITY_SECONDS,
      WaitTimeSeconds: 1,
    }),
  );
  return Messages?.[0];
}

async function remove({ ReceiptHandle }: Message, { sqs, deadLetters }: Deployment): Promise<void> {
  await sqs.send(new DeleteMessageCommand({ QueueUrl: deadLetters, ReceiptHandle }));
}

/** Where the next redrive finds it at once. */
async function putBack({ ReceiptHandle }: Message, { sqs, deadLetters }: Deployment): Promise<void> {
  await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl: deadLetters, ReceiptHandle, VisibilityTimeout: 0 }));
}

/**
 * The events that a letter is about, as the log has them: by the key that it names, by their keys in the stream or, a day
 * later, by their time.
 */
async function eventsOf(message: Message, deployment: Deployment, progress: Progress): Promise<Item[]> {
  const refused = refusedIn(message);
  if (refused) {
    return itemsAt([refused], deployment);
  }
  const batch = batchIn(message);
  const keys = await keysInStream(batch, deployment);
  return keys ? await itemsAt(keys, deployment) : await itemsBetween(batch, deployment, progress);
}

/** The key of the event that a letter of the projector itself names: of a change that the API refused. */
function refusedIn({ Body }: Message): Item | undefined {
  try {
    const { ticketId, version } = JSON.parse(Body ?? '') as Partial<RefusedChange>;
    return ticketId === undefined ? undefined : { ticketId: { S: ticketId }, version: { N: String(version) } };
  } catch {
    return undefined;
  }
}

function batchIn({ MessageId, Body }: Message): BatchInfo {
  let document: { DDBStreamBatchInfo?: BatchInfo };
  try {
    document = JSON.parse(Body ?? '') as typeof document;
  } catch {
    document = {};
  }
  if (!document.DDBStreamBatchInfo?.streamArn) {
    throw new OpsError(
      `The message ${MessageId} tells of no batch of a stream: it is not from the projector. Move it elsewhere.`,
    );
  }
  return document.DDBStreamBatchInfo;
}

/** Undefined if the stream does not go back that far any more. */
async function keysInStream(batch: BatchInfo, { streams }: Deployment): Promise<Item[] | undefined> {
  const last = BigInt(batch.endSequenceNumber);
  const keys: Item[] = [];
  try {
    const first = await streams.send(
      new GetShardIteratorCommand({
        StreamArn: batch.streamArn,
        ShardId: batch.shardId,
        ShardIteratorType: 'AT_SEQUENCE_NUMBER',
        SequenceNumber: batch.startSequenceNumber,
      }),
    );
    for (let iterator = first.ShardIterator; iterator;) {
      const { Records = [], NextShardIterator } = await streams.send(
        new GetRecordsCommand({ ShardIterator: iterator }),
      );
      for (const { eventName, dynamodb } of Records) {
        const isOfBatch = BigInt(dynamodb!.SequenceNumber!) <= last;
        if (!isOfBatch) {
          return keys;
        }
        if (eventName === 'INSERT') {
          keys.push(dynamodb!.Keys as Item);
        }
      }
      const isLast = Records.some(({ dynamodb }) => BigInt(dynamodb!.SequenceNumber!) === last);
      iterator = isLast ? undefined : NextShardIterator;
    }
    return keys;
  } catch (error) {
    if (error instanceof TrimmedDataAccessException || error instanceof ResourceNotFoundException) {
      return undefined;
    }
    throw error;
  }
}

async function itemsAt(keys: Item[], { dynamodb, events }: Deployment): Promise<Item[]> {
  const items = await Promise.all(
    keys.map(({ ticketId, version }) =>
      dynamodb.send(
        new GetItemCommand({
          TableName: events,
          Key: { ticketId: ticketId!, version: version! },
          ConsistentRead: true,
        }),
      ),
    ),
  );
  return items.flatMap(({ Item }) => (Item ? [Item] : []));
}

/** More events than the letter's, which does no harm: each is merged and told of once more. */
async function itemsBetween(batch: BatchInfo, { dynamodb, events }: Deployment, progress: Progress): Promise<Item[]> {
  const time = (text: string, skew: number) => ({ S: new Date(Date.parse(text) + skew).toISOString() });
  const items: Item[] = [];
  await scan(
    dynamodb,
    {
      TableName: events,
      FilterExpression: '#at BETWEEN :first AND :last',
      ExpressionAttributeNames: { '#at': 'at' },
      ExpressionAttributeValues: {
        ':first': time(batch.approximateArrivalOfFirstRecord, -CLOCK_SKEW_MS),
        ':last': time(batch.approximateArrivalOfLastRecord, CLOCK_SKEW_MS),
      },
    },
    async (pages) => {
      for await (const page of pages) {
        items.push(...page);
      }
    },
    progress,
  );
  return items;
}

/** As many as fit in an invocation, however large each is: DynamoDB's items have 400 KB, Lambda's payloads 6 MB. */
const EVENTS_AT_A_TIME = 10;

async function project(
  events: Item[],
  { lambda, projector }: Deployment,
): Promise<Pick<RedrivenLetter, 'refused' | 'error'>> {
  const refused: string[] = [];
  for (let at = 0; at < events.length; at += EVENTS_AT_A_TIME) {
    const records = events.slice(at, at + EVENTS_AT_A_TIME).map((item, i): DynamoDBRecord => ({
      eventName: 'INSERT',
      eventSource: 'aws:dynamodb',
      dynamodb: { NewImage: item as never, SequenceNumber: String(i) },
    }));
    const { FunctionError, Payload } = await lambda.send(
      new InvokeCommand({ FunctionName: projector, Payload: JSON.stringify({ Records: records }) }),
    );
    const answer = new TextDecoder().decode(Payload);
    if (FunctionError) {
      return { refused, error: answer };
    }
    const { batchItemFailures } = JSON.parse(answer) as DynamoDBBatchResponse;
    refused.push(...batchItemFailures.map(({ itemIdentifier }) => nameOf(events[at + Number(itemIdentifier)]!)));
  }
  return { refused };
}

function nameOf(item: Item): string {
  return `${item.ticketId?.S} ${item.version?.N}`;
}
