import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { InvocationResult } from '../../../../src/services/lambda/invocation';
import { QueueMapping } from '../../../../src/services/lambda/queue-source/queue-mapping';
import { Queues } from '../../../../src/services/sqs/queues';
import { queueSettings } from '../../../../src/services/sqs/settings';
import { eventually } from '../../../support/eventually';
import { arnOf } from '../../sqs/server';

interface Invoked {
  Records: { messageId: string; body: string; attributes: Record<string, string> }[];
}

type Answer = (bodies: string[], invoked: Invoked) => unknown;

describe('a function that follows a queue', () => {
  const directory = mkdtempSync(join(tmpdir(), 'queue-mapping-'));
  let queues: Queues;
  let mapping: QueueMapping | undefined;
  let invoked: Invoked[];
  let logged: string[];
  let count = 0;
  afterEach(async () => {
    await mapping?.stop();
    queues.close();
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  /** Starts a mapping of batches of ten; messages come back after a second, and are given up after the second time. */
  async function follow(answer: Answer, reportBatchItemFailures = true) {
    count += 1;
    queues = new Queues(join(directory, String(count)), (line) => logged.push(line));
    const names = (name: string) => ({ name, arn: arnOf(name), url: `http://localhost/0/${name}` });
    const RedrivePolicy = { deadLetterTargetArn: arnOf('dead'), maxReceiveCount: 2 };
    queues.follow([
      { ...names('work'), settings: queueSettings({ VisibilityTimeout: 1, RedrivePolicy }) },
      { ...names('dead'), settings: queueSettings({}) },
    ]);
    invoked = [];
    logged = [];
    const queue = queues.byName('work')!;
    mapping = new QueueMapping(
      { id: 'm', batchSize: 10, reportBatchItemFailures },
      {
        queue,
        invoke: (payload) => {
          const batch = payload as Invoked;
          invoked.push(batch);
          const result = answer(
            batch.Records.map(({ body }) => body),
            batch,
          );
          return Promise.resolve(result instanceof Error ? failed() : { ok: true, payload: result });
        },
        log: (line) => logged.push(line),
      },
    );
    await mapping.start();
    return { queue, dead: queues.byName('dead')!, mapping };
  }

  const failed = (): InvocationResult => ({ ok: false, errorType: 'Error', errorMessage: 'no', trace: [] });
  const bodiesOf = ({ Records }: Invoked) => Records.map(({ body }) => body);
  const isIn = (queue: { counts(): { visible: number; inFlight: number } }) =>
    queue.counts().visible + queue.counts().inFlight;

  test('gets messages as Lambda hands them over, and what it takes is deleted', async () => {
    const { queue, mapping } = await follow(() => undefined);
    queue.send({ body: 'a', attributes: { kind: { DataType: 'String', StringValue: 'x' } } });
    await mapping.caughtUp();
    expect(invoked).toEqual([
      {
        Records: [
          {
            messageId: expect.any(String),
            receiptHandle: expect.any(String),
            body: 'a',
            attributes: expect.objectContaining({ ApproximateReceiveCount: '1' }),
            messageAttributes: {
              kind: { stringValue: 'x', stringListValues: [], binaryListValues: [], dataType: 'String' },
            },
            md5OfBody: '0cc175b9c0f1b6a831c399e269772661',
            eventSource: 'aws:sqs',
            eventSourceARN: arnOf('work'),
            awsRegion: 'us-east-1',
          },
        ],
      },
    ]);
    expect(isIn(queue)).toBe(0);
  });

  test('gets again what it reported, and no other; then that goes to the dead letters', async () => {
    const { queue, dead } = await follow((_bodies, { Records }) => ({
      batchItemFailures: Records.filter(({ body }) => body === 'bad').map(({ messageId }) => ({
        itemIdentifier: messageId,
      })),
    }));
    ['good', 'bad', 'fine'].forEach((body) => queue.send({ body }));
    await eventually(
      () => Promise.resolve(isIn(dead)),
      (letters) => letters === 1,
    );
    expect(invoked.flatMap(bodiesOf).sort()).toEqual(['bad', 'bad', 'fine', 'good']);
    expect(isIn(queue)).toBe(0);
  });

  test.each<[string, Answer, boolean]>([
    ['fails', () => new Error(), true],
    ['names a message that it did not get', () => ({ batchItemFailures: [{ itemIdentifier: 'x' }] }), true],
  ])('gets all of a batch again in which it %s', async (_, answer, report) => {
    let tries = 0;
    const { queue } = await follow((...call) => ((tries += 1), tries === 1 ? answer(...call) : undefined), report);
    queue.send({ body: 'a' });
    await eventually(
      () => Promise.resolve(isIn(queue)),
      (left) => left === 0,
    );
    expect(invoked.map(bodiesOf)).toEqual([['a'], ['a']]);
  });

  test('that does not report failures has taken whatever it answers to', async () => {
    const { queue, mapping } = await follow(() => ({ batchItemFailures: [{ itemIdentifier: '' }] }), false);
    queue.send({ body: 'a' });
    await mapping.caughtUp();
    expect(isIn(queue)).toBe(0);
  });

  test('works on what came while it worked, and gets nothing any more once it is stopped', async () => {
    const { queue, mapping } = await follow((bodies) => void (bodies[0] === 'a' && queue.send({ body: 'b' })));
    queue.send({ body: 'a' });
    await mapping.caughtUp();
    expect(invoked.flatMap(bodiesOf)).toEqual(['a', 'b']);
    await mapping.stop();
    queue.send({ body: 'c' });
    await mapping.caughtUp();
    expect(invoked.flatMap(bodiesOf)).toEqual(['a', 'b']);
    expect(logged).toEqual([]);
  });
});
