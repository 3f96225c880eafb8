import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageFile } from '../../../src/services/sqs/message-file';
import { Queue } from '../../../src/services/sqs/queue';
import { queueSettings } from '../../../src/services/sqs/settings';

const directory = mkdtempSync(join(tmpdir(), 'queue-'));
afterAll(() => rmSync(directory, { recursive: true }));

let files = 0;

function newFile() {
  return join(directory, `${(files += 1)}.jsonl`);
}

/** A queue whose clock stands still until it is moved. */
function queueOn(file: string, properties: Record<string, unknown> = {}, clock = { seconds: 0 }) {
  const names = { name: 'q', arn: 'arn:q', url: 'http://localhost/0/q' };
  const find = () => undefined;
  const queue = new Queue(names, queueSettings(properties), new MessageFile(file), find, () => clock.seconds * 1000);
  return { queue, clock };
}

function bodies(queue: Queue) {
  return queue.receive(10).map(({ message }) => message.body);
}

test('a message is invisible for as long as the queue says, and comes back then', () => {
  const { queue, clock } = queueOn(newFile(), { VisibilityTimeout: 30 });
  queue.send({ body: 'a' });
  expect(bodies(queue)).toEqual(['a']);
  clock.seconds = 29.9;
  expect(bodies(queue)).toEqual([]);
  clock.seconds = 30;
  expect(bodies(queue)).toEqual(['a']);
});

test('a queue that delays its messages counts them apart', () => {
  const { queue, clock } = queueOn(newFile(), { DelaySeconds: 10 });
  queue.send({ body: 'queue’s delay' });
  queue.send({ body: 'its own', delaySeconds: 0 });
  expect(queue.counts()).toEqual({ visible: 1, inFlight: 0, delayed: 1 });
  clock.seconds = 10;
  expect(bodies(queue)).toEqual(['queue’s delay', 'its own']);
  expect(queue.counts()).toEqual({ visible: 0, inFlight: 2, delayed: 0 });
});

test('a message is gone when it has been there for the retention period', () => {
  const { queue, clock } = queueOn(newFile(), { MessageRetentionPeriod: 60 });
  queue.send({ body: 'old' });
  clock.seconds = 59;
  queue.send({ body: 'new' });
  clock.seconds = 60;
  expect(bodies(queue)).toEqual(['new']);
  expect(queue.counts()).toEqual({ visible: 0, inFlight: 1, delayed: 0 });
});

describe('after kill -9, which closes nothing', () => {
  test('a queue has its messages, their order, who holds them, and takes the receipts that it gave', () => {
    const file = newFile();
    const clock = { seconds: 0 };
    const { queue: before } = queueOn(file, {}, clock);
    for (const body of ['a', 'b', 'c', 'd']) {
      before.send({ body });
    }
    const [a, b] = before.receive(2);
    before.delete(a!.receiptHandle);

    const { queue: after } = queueOn(file, {}, clock);
    expect(after.counts()).toEqual({ visible: 2, inFlight: 1, delayed: 0 });
    expect(bodies(after)).toEqual(['c', 'd']);
    after.changeVisibility(b!.receiptHandle, 0);
    expect(after.receive(1)[0]!.message).toMatchObject({ body: 'b', receives: 2 });
  });

  test('a line that was cut off never was', () => {
    const file = newFile();
    queueOn(file).queue.send({ body: 'a' });
    appendFileSync(file, '{"put":{"id":"half');
    const { queue } = queueOn(file);
    queue.send({ body: 'b' });
    expect(bodies(queue)).toEqual(['a', 'b']);
    expect(bodies(queueOn(file, { VisibilityTimeout: 0 }, { seconds: 60 }).queue)).toEqual(['a', 'b']);
  });
});

test('the file does not grow with what has been deleted', () => {
  const file = newFile();
  const { queue } = queueOn(file);
  queue.send({ body: 'stays' });
  for (let i = 0; i < 5000; i++) {
    queue.send({ body: 'x' });
    const [received] = queue.receive(1, 0).slice(-1);
    queue.delete(received!.receiptHandle);
    queue.send({ body: 'y' });
    queue.purge();
  }
  expect(statSync(file).size).toBeLessThan(1_000_000);
  expect(readFileSync(file, 'utf8').split('\n').length).toBeLessThan(2000);
});
