import type { DiscardMetadata } from '../../../../src/services/lambda/event-source/discard';
import { park } from '../../../../src/services/lambda/event-source/park';
import { record, STREAM } from './records';

const functionArn = 'arn:aws:lambda:eu-central-1:000000000000:function:handles';
const discard = {
  records: [1, 2, 3].map((n) => record(n, 'secret', new Date(`2026-01-01T00:00:0${n}Z`))),
  reason: 'RetryAttemptsExhausted' as const,
  invocations: 3,
  lastResult: { ok: false as const, errorType: 'Error', errorMessage: 'no', trace: [] },
};

function parkingOf(onDiscard?: (metadata: DiscardMetadata) => Promise<void>, signal = new AbortController().signal) {
  const lines: string[] = [];
  const log = (line: string): void => void lines.push(line);
  return { lines, parking: { shardId: 'shard-1', streamArn: STREAM, functionArn, onDiscard, log, signal } };
}

test('the destination is told where the records stand, and nothing of what is in them', async () => {
  const told: DiscardMetadata[] = [];
  const { parking, lines } = parkingOf((metadata) => Promise.resolve(void told.push(metadata)));
  expect(await park(discard, parking)).toBe(true);
  expect(told).toEqual([
    {
      requestContext: {
        requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown,
        functionArn,
        condition: 'RetryAttemptsExhausted',
        approximateInvokeCount: 3,
      },
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      version: '1.0',
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as unknown,
      DDBStreamBatchInfo: {
        shardId: 'shard-1',
        startSequenceNumber: '1',
        endSequenceNumber: '3',
        approximateArrivalOfFirstRecord: '2026-01-01T00:00:01Z',
        approximateArrivalOfLastRecord: '2026-01-01T00:00:03Z',
        batchSize: 3,
        streamArn: STREAM,
      },
    },
  ]);
  expect(JSON.stringify([told, lines])).not.toContain('secret');
});

test('a function that answered has no function error, one that was never invoked no response', async () => {
  const told: DiscardMetadata[] = [];
  const { parking } = parkingOf((metadata) => Promise.resolve(void told.push(metadata)));
  await park({ ...discard, lastResult: { ok: true, payload: null } }, parking);
  await park({ ...discard, reason: 'RecordAgeExpired', lastResult: undefined }, parking);
  expect(told.map(({ responseContext }) => responseContext)).toEqual([
    { statusCode: 200, executedVersion: '$LATEST', functionError: null },
    undefined,
  ]);
});

test('without a destination the log tells', async () => {
  const { parking, lines } = parkingOf();
  expect(await park(discard, parking)).toBe(true);
  expect(lines).toEqual([expect.stringMatching(/^Giving up on 3 records: .*"startSequenceNumber":"1"/)]);
});

test('a destination that fails is tried until it takes the batch', async () => {
  let calls = 0;
  const { parking, lines } = parkingOf(() => (++calls < 3 ? Promise.reject(new Error('down')) : Promise.resolve()));
  expect(await park(discard, parking)).toBe(true);
  expect(calls).toBe(3);
  expect(lines.slice(1)).toEqual(['The failure destination cannot be reached, trying again: Error: down']);
});

test('a stop ends the trying', async () => {
  const stopping = new AbortController();
  const { parking } = parkingOf(() => {
    stopping.abort();
    return Promise.reject(new Error('down'));
  }, stopping.signal);
  expect(await park(discard, parking)).toBe(false);
});
