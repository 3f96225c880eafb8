import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RecordFile } from '../../../src/shared/record-file';
import { isMessage } from '../../../src/services/sqs/message';
import { Queue } from '../../../src/services/sqs/queue';
import { Queues } from '../../../src/services/sqs/queues';
import { queueSettings } from '../../../src/services/sqs/settings';
import { SmallDisk, testOnSmallDisk } from '../../support/small-disk';

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
  const told: string[] = [];
  const messages = new RecordFile(file, { accepts: isMessage, log: (line) => told.push(line) });
  const queue = new Queue(names, queueSettings(properties), messages, find, () => clock.seconds * 1000);
  return { queue, clock, told };
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

  test('a line that was cut off never was, and the log names the file', () => {
    const file = newFile();
    queueOn(file).queue.send({ body: 'a' });
    appendFileSync(file, '{"put":{"id":"half');
    const { queue, told } = queueOn(file);
    expect(told).toEqual([`${file}: left out what can't be read, line 2.`]);
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

testOnSmallDisk('a full disk refuses letters, loses none that it took, and keeps no queue from opening', () => {
  const disk = new SmallDisk(512 * 1024);
  try {
    const file = join(disk.folder, 'letters.jsonl');
    const { queue } = queueOn(file);
    const sent = ['first'];
    queue.send({ body: 'first' });
    disk.fill();
    const send = (i: number) => {
      queue.send({ body: `${i}${'x'.repeat(1000)}` });
      sent.push(`${i}${'x'.repeat(1000)}`);
    };
    expect(() => Array.from({ length: 20 }, (_, i) => send(i))).toThrow(/letters\.jsonl can't be written: ENOSPC/);

    const { queue: after, told } = queueOn(file);
    expect([after.counts().visible, told]).toEqual([sent.length, []]);
    disk.free();
    after.send({ body: 'last' });
    expect(bodies(after)).toEqual([...sent, 'last']);
  } finally {
    disk.remove();
  }
});

test('a queue whose file holds damaged lines opens with the others', () => {
  const told: string[] = [];
  const queues = new Queues(directory, (line) => told.push(line));
  const message = { id: '1', body: 'whole', sentAt: Date.now(), visibleAt: 0, receives: 0 };
  const damaged = ['{"put":{"id":"0","bo{"put":{"id":"2"}}', '{"put":{"id":"3","body":"no times"}}'];
  writeFileSync(
    join(directory, 'damaged.jsonl'),
    [...damaged, JSON.stringify({ put: message })].map((line) => `${line}\n`).join(''),
  );
  queues.follow([
    { name: 'damaged', arn: 'arn:damaged', url: 'http://localhost/0/damaged', settings: queueSettings({}) },
  ]);
  expect(bodies(queues.byName('damaged')!)).toEqual(['whole']);
  expect(told).toEqual([`${join(directory, 'damaged.jsonl')}: left out what can't be read, line 1, 2.`]);
  queues.close();
});
