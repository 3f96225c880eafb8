import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListDeadLetterSourceQueuesCommand,
  ListQueuesCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  type ReceiveMessageCommandInput,
  SendMessageBatchCommand,
  SendMessageCommand,
  type SendMessageCommandInput,
} from '@aws-sdk/client-sqs';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { SqsError } from '../../../src/services/sqs/errors';
import { OPERATIONS } from '../../../src/services/sqs/operations';
import { arnOf, SqsServer } from './server';

const directory = mkdtempSync(join(tmpdir(), 'sqs-'));
let sqs: SqsServer;
beforeAll(async () => {
  sqs = await SqsServer.start(directory, {
    plain: {},
    short: { MaximumMessageSize: 1024, VisibilityTimeout: 7, DelaySeconds: 0 },
    work: { RedrivePolicy: { deadLetterTargetArn: arnOf('dead'), maxReceiveCount: 2 } },
    dead: { MessageRetentionPeriod: 1_209_600 },
  });
});
afterEach(() => sqs.queues.all().forEach((queue) => queue.purge()));
afterAll(async () => {
  await sqs.stop();
  rmSync(directory, { recursive: true });
});

function send(queue: string, MessageBody: string, more: Partial<SendMessageCommandInput> = {}) {
  return sqs.client.send(new SendMessageCommand({ QueueUrl: sqs.url(queue), MessageBody, ...more }));
}

async function receive(queue: string, more: Partial<ReceiveMessageCommandInput> = {}) {
  const { Messages = [] } = await sqs.client.send(
    new ReceiveMessageCommand({ QueueUrl: sqs.url(queue), MaxNumberOfMessages: 10, ...more }),
  );
  return Messages;
}

function remove(queue: string, ReceiptHandle: string | undefined) {
  return sqs.client.send(new DeleteMessageCommand({ QueueUrl: sqs.url(queue), ReceiptHandle }));
}

async function attributes(queue: string) {
  const command = new GetQueueAttributesCommand({ QueueUrl: sqs.url(queue), AttributeNames: ['All'] });
  return (await sqs.client.send(command)).Attributes!;
}

describe('the SDK client', () => {
  test('sends, receives and deletes; a received message is invisible to others', async () => {
    const { MessageId } = await send('plain', 'Grüße 👋 "quoted"\n');
    const [message] = await receive('plain');
    expect(message).toMatchObject({ MessageId, Body: 'Grüße 👋 "quoted"\n' });
    expect(await receive('plain')).toEqual([]);
    await remove('plain', message!.ReceiptHandle);
    expect(await attributes('plain')).toMatchObject({
      ApproximateNumberOfMessages: '0',
      ApproximateNumberOfMessagesNotVisible: '0',
    });
  });

  test('gets a message back that was not deleted in time, with its count of receives', async () => {
    await send('plain', 'again');
    const [first] = await receive('plain', { VisibilityTimeout: 0, MessageSystemAttributeNames: ['All'] });
    const [second] = await receive('plain', { MessageSystemAttributeNames: ['ApproximateReceiveCount'] });
    expect(first!.Attributes).toMatchObject({ ApproximateReceiveCount: '1', SenderId: expect.any(String) });
    expect(Number(first!.Attributes!.SentTimestamp)).toBeLessThanOrEqual(
      Number(first!.Attributes!.ApproximateFirstReceiveTimestamp),
    );
    expect(second!.Attributes).toEqual({ ApproximateReceiveCount: '2' });
    // The receipt of the first receive is of no use any more.
    await remove('plain', first!.ReceiptHandle);
    expect((await attributes('plain')).ApproximateNumberOfMessagesNotVisible).toBe('1');
    await remove('plain', second!.ReceiptHandle);
    expect((await attributes('plain')).ApproximateNumberOfMessagesNotVisible).toBe('0');
  });

  test('gives a message back early, and asks for more time', async () => {
    await send('plain', 'mine');
    const [message] = await receive('plain');
    const change = (VisibilityTimeout: number) =>
      sqs.client.send(
        new ChangeMessageVisibilityCommand({
          QueueUrl: sqs.url('plain'),
          ReceiptHandle: message!.ReceiptHandle,
          VisibilityTimeout,
        }),
      );
    await change(600);
    expect(await receive('plain')).toEqual([]);
    await change(0);
    await expect(change(5)).rejects.toMatchObject({ name: 'MessageNotInflight' });
    expect(await receive('plain')).toHaveLength(1);
  });

  test('waits for a message that comes while it asks', async () => {
    const waiting = receive('plain', { WaitTimeSeconds: 20 });
    await send('plain', 'late');
    expect(await waiting).toMatchObject([{ Body: 'late' }]);
  });

  test('waits for a delayed message', async () => {
    await send('plain', 'delayed', { DelaySeconds: 1 });
    expect(await receive('plain')).toEqual([]);
    expect((await attributes('plain')).ApproximateNumberOfMessagesDelayed).toBe('1');
    expect(await receive('plain', { WaitTimeSeconds: 20 })).toMatchObject([{ Body: 'delayed' }]);
  });

  test('gets attributes of each type, all or those that it names, with their digest', async () => {
    const MessageAttributes = {
      'trace.id': { DataType: 'String', StringValue: 'ü' },
      'trace.hop': { DataType: 'Number.int', StringValue: '7' },
      raw: { DataType: 'Binary', BinaryValue: new Uint8Array([0, 255]) },
    };
    await send('plain', 'x', { MessageAttributes });
    const named = async (...MessageAttributeNames: string[]) => {
      const [message] = await receive('plain', { VisibilityTimeout: 0, MessageAttributeNames });
      return message!.MessageAttributes;
    };
    expect(await named('All')).toMatchObject(MessageAttributes);
    expect(Object.keys((await named('trace.*'))!).sort()).toEqual(['trace.hop', 'trace.id']);
    expect(Object.keys((await named('raw'))!)).toEqual(['raw']);
    expect(await named()).toBeUndefined();
  });

  test('sends and deletes in batches, in which each entry fails for itself', async () => {
    const { Successful, Failed } = await sqs.client.send(
      new SendMessageBatchCommand({
        QueueUrl: sqs.url('short'),
        Entries: [
          { Id: 'a', MessageBody: 'one' },
          { Id: 'b', MessageBody: 'x'.repeat(1025) },
          { Id: 'c', MessageBody: 'three' },
        ],
      }),
    );
    expect(Successful!.map(({ Id }) => Id)).toEqual(['a', 'c']);
    expect(Failed).toMatchObject([{ Id: 'b', SenderFault: true, Code: 'InvalidParameterValue' }]);
    const received = await receive('short');
    expect(received.map(({ Body }) => Body)).toEqual(['one', 'three']);
    const deleted = await sqs.client.send(
      new DeleteMessageBatchCommand({
        QueueUrl: sqs.url('short'),
        Entries: [
          { Id: 'a', ReceiptHandle: received[0]!.ReceiptHandle },
          { Id: 'b', ReceiptHandle: 'nonsense' },
        ],
      }),
    );
    expect(deleted.Successful).toEqual([{ Id: 'a' }]);
    expect(deleted.Failed).toMatchObject([{ Id: 'b', Code: 'ReceiptHandleIsInvalid' }]);
    expect((await attributes('short')).ApproximateNumberOfMessagesNotVisible).toBe('1');
  });

  test('finds queues by name and prefix, and what the template says of them', async () => {
    const { QueueUrl } = await sqs.client.send(new GetQueueUrlCommand({ QueueName: 'short' }));
    expect(QueueUrl).toBe(sqs.url('short'));
    const { QueueUrls } = await sqs.client.send(new ListQueuesCommand({ QueueNamePrefix: 'sho' }));
    expect(QueueUrls).toEqual([sqs.url('short')]);
    expect(await attributes('short')).toMatchObject({
      QueueArn: arnOf('short'),
      MaximumMessageSize: '1024',
      VisibilityTimeout: '7',
      MessageRetentionPeriod: '345600',
    });
  });

  test('purges', async () => {
    await send('plain', 'one');
    await sqs.client.send(new PurgeQueueCommand({ QueueUrl: sqs.url('plain') }));
    expect(await receive('plain')).toEqual([]);
  });
});

test('a message that is received too often moves to the dead-letter queue, with its id, age and source', async () => {
  const { MessageId } = await send('work', 'poison');
  await receive('work', { VisibilityTimeout: 0 });
  const [second] = await receive('work', { VisibilityTimeout: 0, MessageSystemAttributeNames: ['SentTimestamp'] });
  expect(await receive('work')).toEqual([]);
  const [moved] = await receive('dead', { MessageSystemAttributeNames: ['All'] });
  expect(moved).toMatchObject({ MessageId, Body: 'poison' });
  expect(moved!.Attributes).toMatchObject({
    SentTimestamp: second!.Attributes!.SentTimestamp,
    DeadLetterQueueSourceArn: arnOf('work'),
  });
  const sources = await sqs.client.send(new ListDeadLetterSourceQueuesCommand({ QueueUrl: sqs.url('dead') }));
  expect(sources.queueUrls).toEqual([sqs.url('work')]);
});

function message(MessageAttributes: unknown): string {
  return JSON.stringify({ QueueUrl: '/000000000000/plain', MessageBody: 'x', MessageAttributes });
}

describe('refuses', () => {
  test.each<[string, () => Promise<unknown>, string]>([
    ['a queue that is not there', () => send('none', 'x'), 'QueueDoesNotExist'],
    ['a receipt that is none', () => remove('plain', 'nonsense'), 'ReceiptHandleIsInvalid'],
    ['no receipt', () => remove('plain', undefined), 'MissingParameter'],
    ['an empty body', () => send('plain', ''), 'MissingParameter'],
    ['a body that is too large', () => send('short', 'é'.repeat(513)), 'InvalidParameterValue'],
    ['characters that XML lacks', () => send('plain', 'a\u0000b'), 'InvalidMessageContents'],
    ['half a character', () => send('plain', '\ud83d'), 'InvalidMessageContents'],
    ['too many at once', () => receive('plain', { MaxNumberOfMessages: 11 }), 'InvalidParameterValue'],
    ['too long a wait', () => receive('plain', { WaitTimeSeconds: 21 }), 'InvalidParameterValue'],
    ['too long a delay', () => send('plain', 'x', { DelaySeconds: 901 }), 'InvalidParameterValue'],
    [
      'an attribute of no type',
      () => send('plain', 'x', { MessageAttributes: { a: { DataType: 'Text', StringValue: 'x' } } }),
      'InvalidParameterValue',
    ],
    ['a new queue', () => sqs.client.send(new CreateQueueCommand({ QueueName: 'new' })), 'UnsupportedOperation'],
    ['an empty batch', () => batch([]), 'EmptyBatchRequest'],
    ['a batch of eleven', () => batch(ids(11)), 'TooManyEntriesInBatchRequest'],
    ['a batch with an id twice', () => batch(['a', 'a']), 'BatchEntryIdsNotDistinct'],
    ['a batch with an id of other characters', () => batch(['a b']), 'InvalidBatchEntryId'],
    ['a batch that is too large', () => batch(ids(10), 'x'.repeat(110_000)), 'BatchRequestTooLong'],
  ])('%s', async (_, act, name) => {
    await expect(act()).rejects.toMatchObject({ name });
  });

  const ids = (n: number) => Array.from({ length: n }, (_, i) => String(i));
  const batch = (entries: string[], MessageBody = 'x') =>
    sqs.client.send(
      new SendMessageBatchCommand({
        QueueUrl: sqs.url('plain'),
        Entries: entries.map((Id) => ({ Id, MessageBody })),
      }),
    );

  type Refused = [what: string, target: string, body: string, type: string];
  test.each<Refused>([
    ['an operation that there is none of', 'AmazonSQS.Nothing', '{}', 'UnknownOperationException'],
    ['a name of every object', 'AmazonSQS.toString', '{}', 'UnknownOperationException'],
    ['a body that is no JSON', 'AmazonSQS.ListQueues', '{', 'SerializationException'],
    ['a body that is no object', 'AmazonSQS.ListQueues', 'null', 'SerializationException'],
    ['an attribute that is null', 'AmazonSQS.SendMessage', message({ a: null }), 'InvalidParameterValueException'],
    [
      'an attribute whose value is null',
      'AmazonSQS.SendMessage',
      message({ a: { DataType: 'String', StringValue: null } }),
      'InvalidParameterValueException',
    ],
    ['attributes that are a list', 'AmazonSQS.SendMessage', message([1]), 'InvalidParameterValueException'],
    ...['SendMessageBatch', 'DeleteMessageBatch', 'ChangeMessageVisibilityBatch'].map((name): Refused => [
      `an entry that is null of ${name}`,
      `AmazonSQS.${name}`,
      '{"QueueUrl":"/000000000000/plain","Entries":[null]}',
      'InvalidParameterValueException',
    ]),
  ])('%s', async (_, target, body, type) => {
    const response = await fetch(sqs.endpoint, { method: 'POST', body, headers: { 'x-amz-target': target } });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ __type: `com.amazonaws.sqs#${type}` });
    expect(response.headers.get('x-amzn-query-error')).toMatch(/;Sender$/);
  });
});

test('whatever is asked, the answer is one of the service', async () => {
  const value = fc.oneof(fc.constantFrom<unknown>(null, '', 'x', 0, 1, -1, true), fc.jsonValue({ maxDepth: 1 }));
  const attribute = fc.oneof(
    value,
    fc.record(
      { DataType: fc.oneof(fc.constantFrom('String', 'Binary'), value), StringValue: value, BinaryValue: value },
      { requiredKeys: [] },
    ),
  );
  const attributes = fc.oneof(value, fc.dictionary(fc.constantFrom('a', '__proto__', 'AWSTraceHeader'), attribute));
  const fields = {
    MessageBody: value,
    MessageAttributes: attributes,
    MessageSystemAttributes: attributes,
    AttributeNames: fc.oneof(value, fc.array(value)),
    MessageAttributeNames: fc.oneof(value, fc.array(value)),
    ReceiptHandle: value,
    VisibilityTimeout: value,
    DelaySeconds: value,
  };
  const entry = fc.oneof(
    value,
    fc.record({ Id: fc.oneof(fc.constantFrom('a', 'b'), value), ...fields }, { requiredKeys: [] }),
  );
  const input = fc.record(
    {
      QueueUrl: fc.oneof({ weight: 9, arbitrary: fc.constant('/000000000000/plain') }, value),
      QueueName: value,
      QueueNamePrefix: value,
      MaxNumberOfMessages: value,
      WaitTimeSeconds: fc.constantFrom<unknown>(0, null, 'x'),
      Entries: fc.oneof(value, fc.array(entry, { maxLength: 3 })),
      ...fields,
    },
    { requiredKeys: ['QueueUrl'] },
  );
  const signal = new AbortController().signal;
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...Object.keys(OPERATIONS)), input, async (name, asked) => {
      try {
        await OPERATIONS[name]!(asked, sqs.queues, signal);
      } catch (error) {
        expect(error).toBeInstanceOf(SqsError);
      }
    }),
    {
      numRuns: 1000,
      examples: [
        [
          'SendMessage',
          {
            QueueUrl: '/000000000000/plain',
            MessageBody: 'x',
            MessageAttributes: { a: { DataType: 'Binary', StringValue: null, BinaryValue: '' } },
          },
        ],
      ],
    },
  );
});
