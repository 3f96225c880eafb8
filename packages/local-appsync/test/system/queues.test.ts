import { DeleteMessageCommand, ListQueuesCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DiscardMetadata } from '../../src/services/lambda/event-source/discard';
import { post } from '../support/post';
import { RunningSystem } from '../support/running-system';

const STREAM = /^arn:aws:dynamodb:us-east-1:000000000000:table\/Guestbook-Entries[^/]*\/stream\/[^/]+$/;
const FUNCTION = /^arn:aws:lambda:us-east-1:000000000000:function:Guestbook-Censor/;

describe('the queue for what a mapping gives up on', () => {
  const folder = mkdtempSync(join(tmpdir(), 'guestbook-queue-'));
  const options = { data: join(folder, 'data') };
  let system: RunningSystem;
  beforeAll(async () => {
    system = await RunningSystem.start(options);
  });
  afterAll(async () => {
    await system.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** The client of the system that runs now, at the address that it printed. */
  const connect = async () => {
    const endpoint = /^SQS\s+(\S+)$/m.exec(system.output.join('\n'))![1]!;
    const credentials = { accessKeyId: 'any', secretAccessKey: 'any' };
    const client = new SQSClient({ endpoint, region: 'us-east-1', credentials });
    const { QueueUrls } = await client.send(new ListQueuesCommand({ QueueNamePrefix: 'Guestbook-Complaints' }));
    const QueueUrl = QueueUrls![0]!;
    return {
      receive: async (WaitTimeSeconds = 0) => {
        const MaxNumberOfMessages = 10;
        const command = new ReceiveMessageCommand({
          QueueUrl,
          MaxNumberOfMessages,
          VisibilityTimeout: 0,
          WaitTimeSeconds,
        });
        return (await client.send(command)).Messages ?? [];
      },
      remove: (ReceiptHandle: string) => client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle })),
    };
  };

  test('holds where the records stand, not what they say, and keeps it over kill -9 until it is deleted', async () => {
    await post(system.graphqlUrl, 'mutation { sign(guest: "fay", words: "darn") { id } }');
    const [before] = await (await connect()).receive(20);
    const document = JSON.parse(before!.Body!) as DiscardMetadata;
    expect(document).toEqual({
      requestContext: {
        requestId: expect.any(String),
        functionArn: expect.stringMatching(FUNCTION),
        condition: 'RetryAttemptsExhausted',
        approximateInvokeCount: 2,
      },
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      version: '1.0',
      timestamp: expect.any(String),
      DDBStreamBatchInfo: {
        shardId: expect.any(String),
        startSequenceNumber: expect.any(String),
        endSequenceNumber: document.DDBStreamBatchInfo.startSequenceNumber,
        approximateArrivalOfFirstRecord: expect.any(String),
        approximateArrivalOfLastRecord: expect.any(String),
        batchSize: 1,
        streamArn: expect.stringMatching(STREAM),
      },
    });
    expect(before!.Body).not.toMatch(/fay|darn/);

    await system.killGroup();
    system = await RunningSystem.start(options);
    const queue = await connect();
    // A second one may follow, with an id of its own: the kill may have come before the checkpoint.
    const [after] = await queue.receive();
    expect(after).toMatchObject({ MessageId: before!.MessageId, Body: before!.Body });
    await queue.remove(after!.ReceiptHandle!);

    await system.killGroup();
    system = await RunningSystem.start(options);
    const left = await (await connect()).receive();
    expect(left.map(({ MessageId }) => MessageId)).not.toContain(before!.MessageId);
  });
});
