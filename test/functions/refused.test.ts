import { marshall } from '@aws-sdk/util-dynamodb';
import type { SQSRecord } from 'aws-lambda';
import type { TicketEvent } from '../../domain/events';
import { refusedChange, retryRefused, type Retries } from '../../functions/project/refused';
import { create, happened } from '../domain/specification';

const [event] = happened([create({ ticketId: 'T1' })]) as [TicketEvent];

function message(body: string, messageId = 'm1'): SQSRecord {
  return { messageId, body } as SQSRecord;
}

/** A log with one event, and what a retry does, in order. */
function world(changes: Partial<Retries> = {}) {
  const done: string[] = [];
  const reported: string[] = [];
  const item = (key: { ticketId: { S: string } }) => (key.ticketId.S === 'T1' ? { Item: marshall(event) } : {});
  const retries: Retries = {
    log: {
      tableName: 'events',
      client: { send: ({ input }: { input: { Key: never } }) => Promise.resolve(item(input.Key)) } as never,
    },
    view: { tableName: 'view', client: { send: () => Promise.resolve(done.push('merge')) } as never },
    publish: ({ version }) => Promise.resolve(void done.push(`publish ${version}`)),
    giveUp: ({ ticketId, version }) => Promise.resolve(void done.push(`give up ${ticketId} ${version}`)),
    hasTime: () => true,
    pause: (ms) => Promise.resolve(void done.push(`pause ${ms}`)),
    report: ({ message, error }) => reported.push(`${message}: ${String(error)}`),
    ...changes,
  };
  return { done, reported, retries };
}

/** An API that refuses so many times. */
function refusing(times: number, done: () => string[]) {
  let tries = 0;
  return () => {
    tries += 1;
    done().push(`try ${tries}`);
    return tries <= times ? Promise.reject(new Error('refused')) : Promise.resolve();
  };
}

test('a refused change is merged, then published, by what its message says', async () => {
  const { done, retries } = world();
  expect(await retryRefused([message(refusedChange(event))], retries)).toEqual({ batchItemFailures: [] });
  expect(done).toEqual(['pause 0', 'merge', 'publish 1']);
});

test('a message says which change it is, and nothing of the ticket', () => {
  expect(JSON.parse(refusedChange(event))).toEqual({ ticketId: 'T1', version: 1 });
});

test('it is tried again after pauses that double, until the API takes it', async () => {
  const { done, retries } = world({ publish: refusing(2, () => done) });
  expect(await retryRefused([message(refusedChange(event))], retries)).toEqual({ batchItemFailures: [] });
  expect(done).toEqual(['pause 0', 'merge', 'try 1', 'pause 100', 'merge', 'try 2', 'pause 200', 'merge', 'try 3']);
});

test('one that stays refused becomes a dead letter after six seconds', async () => {
  const { done, reported, retries } = world({ publish: refusing(99, () => done) });
  expect(await retryRefused([message(refusedChange(event))], retries)).toEqual({ batchItemFailures: [] });
  const pauses = done.flatMap((step) => (step.startsWith('pause') ? [Number(step.slice(6))] : []));
  expect(pauses).toEqual([0, 100, 200, 400, 800, 1600, 3200]);
  expect(done.slice(-2)).toEqual(['try 7', 'give up T1 1']);
  expect(reported).toEqual(['gave the change up: Error: refused']);
});

test('and at once when the time is over', async () => {
  let tries = 0;
  const { done, retries } = world({ publish: refusing(99, () => done), hasTime: () => (tries += 1) < 3 });
  await retryRefused([message(refusedChange(event))], retries);
  expect(done.slice(-3)).toEqual(['try 2', 'pause 200', 'give up T1 1']);
});

test('what cannot become a dead letter, is no change or has no event comes again, and holds up no other', async () => {
  const { done, reported, retries } = world({
    publish: ({ ticketId }) => (done.push(ticketId), Promise.resolve()),
  });
  const messages = [
    message('no JSON', 'a'),
    message('{"ticketId":"T2","version":1}', 'b'),
    message(refusedChange(event)),
  ];
  expect(await retryRefused(messages, retries)).toEqual({
    batchItemFailures: [{ itemIdentifier: 'a' }, { itemIdentifier: 'b' }],
  });
  expect(done).toContain('T1');
  expect(reported).toHaveLength(2);
  const stuck = world({
    publish: () => Promise.reject(new Error('refused')),
    giveUp: () => Promise.reject(new Error('no queue')),
  });
  expect(await retryRefused([message(refusedChange(event))], stuck.retries)).toEqual({
    batchItemFailures: [{ itemIdentifier: 'm1' }],
  });
});
