import { eachEntry } from './batch';
import { missingParameter, noQueue, SqsError, unsupported } from './errors';
import { entriesOf, type Input, integer, outgoing, queueOf, text, texts } from './input';
import { sizeOf } from './message';
import { askedFor, queueAttributes, received, sent } from './output';
import type { Queues } from './queues';

const MOST_BATCH_BYTES = 1_048_576;
const MOST_VISIBILITY_SECONDS = 43_200;

type Operation = (input: Input, queues: Queues, signal: AbortSignal) => unknown;

/** SQS's operations by name, from the parameters of a request to the answer; each throws SqsError. */
export const OPERATIONS: Record<string, Operation> = {
  ListQueues(input, queues) {
    const prefix = input.QueueNamePrefix === undefined ? '' : text(input, 'QueueNamePrefix');
    const urls = queues.all().flatMap(({ name, url }) => (name.startsWith(prefix) ? [url] : []));
    return urls.length > 0 ? { QueueUrls: urls } : {};
  },

  GetQueueUrl(input, queues) {
    const queue = queues.byName(text(input, 'QueueName'));
    if (!queue) {
      throw noQueue();
    }
    return { QueueUrl: queue.url };
  },

  GetQueueAttributes(input, queues) {
    const all = queueAttributes(queueOf(input, queues));
    const names = texts(input, 'AttributeNames');
    const picked = Object.entries(all).filter(([name]) => names.includes(name) || names.includes('All'));
    return picked.length > 0 ? { Attributes: Object.fromEntries(picked) } : {};
  },

  ListDeadLetterSourceQueues(input, queues) {
    const { arn } = queueOf(input, queues);
    const sources = queues.all().filter(({ settings }) => settings.redrivePolicy?.deadLetterTargetArn === arn);
    return { queueUrls: sources.map(({ url }) => url) };
  },

  ListQueueTags: (input, queues) => void queueOf(input, queues),

  SendMessage: (input, queues) => sent(queueOf(input, queues).send(outgoing(input))),

  SendMessageBatch(input, queues) {
    const queue = queueOf(input, queues);
    const bytes = entriesOf(input).reduce((sum, entry) => sum + entryBytes(entry), 0);
    if (bytes > MOST_BATCH_BYTES) {
      const message = `Batch requests cannot be longer than ${MOST_BATCH_BYTES} bytes. You have sent ${bytes} bytes.`;
      throw new SqsError('BatchRequestTooLong', message);
    }
    return eachEntry(input, (entry) => sent(queue.send(outgoing(entry))));
  },

  async ReceiveMessage(input, queues, signal) {
    const queue = queueOf(input, queues);
    const most = integer(input, 'MaxNumberOfMessages', 1, 10) ?? 1;
    const wait = integer(input, 'WaitTimeSeconds', 0, 20) ?? queue.settings.receiveMessageWaitTimeSeconds;
    const visibility = integer(input, 'VisibilityTimeout', 0, MOST_VISIBILITY_SECONDS);
    const asked = askedFor(input);
    const messages = await queue.receiveWithin(wait, most, visibility, signal);
    return messages.length > 0 ? { Messages: messages.map((each) => received(each, asked)) } : {};
  },

  DeleteMessage: (input, queues) => queueOf(input, queues).delete(text(input, 'ReceiptHandle')),

  DeleteMessageBatch(input, queues) {
    const queue = queueOf(input, queues);
    return eachEntry(input, (entry) => queue.delete(text(entry, 'ReceiptHandle')));
  },

  ChangeMessageVisibility(input, queues) {
    queueOf(input, queues).changeVisibility(text(input, 'ReceiptHandle'), visibilityOf(input));
  },

  ChangeMessageVisibilityBatch(input, queues) {
    const queue = queueOf(input, queues);
    return eachEntry(input, (entry) => queue.changeVisibility(text(entry, 'ReceiptHandle'), visibilityOf(entry)));
  },

  PurgeQueue: (input, queues) => queueOf(input, queues).purge(),

  ...Object.fromEntries(
    [
      'CreateQueue',
      'DeleteQueue',
      'SetQueueAttributes',
      'TagQueue',
      'UntagQueue',
      'AddPermission',
      'RemovePermission',
    ].map((name) => [name, () => refuseChange(name)]),
  ),
};

function refuseChange(name: string): never {
  throw unsupported(`${name} is not served locally: queues are those of the template. Change it there.`);
}

function visibilityOf(input: Input): number {
  const seconds = integer(input, 'VisibilityTimeout', 0, MOST_VISIBILITY_SECONDS);
  if (seconds === undefined) {
    throw missingParameter('VisibilityTimeout');
  }
  return seconds;
}

/** Of an entry that is refused by itself, nothing. */
function entryBytes(entry: Input): number {
  try {
    return sizeOf(outgoing(entry));
  } catch (error) {
    if (error instanceof SqsError) {
      return 0;
    }
    throw error;
  }
}
