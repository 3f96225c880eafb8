import fc from 'fast-check';
import { Bell } from '../../../../src/shared/bell';
import type { StreamMappingDefinition } from '../../../../src/services/lambda/event-source/definition';
import { deliver } from '../../../../src/services/lambda/event-source/delivery';
import type { Position } from '../../../../src/services/lambda/event-source/position';
import { type StreamRecord, toStreamRecord } from '../../../../src/services/lambda/event-source/record';
import { ShardConsumer } from '../../../../src/services/lambda/event-source/shard-consumer';
import type { Page } from '../../../../src/services/lambda/event-source/shard-reader';
import { invoked, mappingOf, rawRecord, STREAM } from './records';

/** What an invocation comes to: `at` chooses the record that is reported as failed. */
type Outcome = { kind: 'ok' | 'error' | 'unreachable' | 'malformed' } | { kind: 'failed'; at: number };

interface History {
  /** The item of each record in the shard: record n + 1 is of item keys[n]. */
  keys: string[];
  pageSize: number;
  /** Whether the filters let a record pass, over and over. */
  wanted: boolean[];
  /** Of the invocations, in order; those after the last succeed. */
  outcomes: Outcome[];
  definition: StreamMappingDefinition;
  /** After how many invocations the mapping is stopped. */
  stopAfter: number;
}

const outcome: fc.Arbitrary<Outcome> = fc.oneof(
  fc.record({ kind: fc.constantFrom('ok' as const, 'error' as const, 'unreachable' as const, 'malformed' as const) }),
  fc.record({ kind: fc.constant('failed' as const), at: fc.nat(9) }),
);
const history: fc.Arbitrary<History> = fc.record({
  keys: fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 40 }),
  pageSize: fc.integer({ min: 1, max: 15 }),
  wanted: fc.array(fc.boolean(), { minLength: 1, maxLength: 5 }),
  outcomes: fc.array(outcome, { maxLength: 40 }),
  stopAfter: fc.nat(20),
  definition: fc
    .record({
      batchSize: fc.integer({ min: 1, max: 12 }),
      parallelizationFactor: fc.integer({ min: 1, max: 4 }),
      maximumRetryAttempts: fc.integer({ min: -1, max: 2 }),
      bisectBatchOnFunctionError: fc.boolean(),
      reportBatchItemFailures: fc.boolean(),
    })
    .map(mappingOf),
});

/** Runs a shard through a history, over several lives of the mapping, and watches that the promises hold. */
class World {
  /** Sequence numbers of the records that are acknowledged, discarded or filtered out. */
  readonly handled = new Set<number>();
  checkpoint = 0;
  /** How often a record was sent after it had been acknowledged. */
  repeats = 0;
  /** Promises that did not hold: a throw inside an invocation would only make it fail, and be retried. */
  readonly broken: string[] = [];
  private invocations = 0;

  constructor(private readonly history: History) {}

  get size(): number {
    return this.history.keys.length;
  }

  async live(stopAfter = Infinity): Promise<boolean> {
    const { definition, keys, wanted } = this.history;
    const stopping = new AbortController();
    const last = this.invocations + stopAfter;
    const { signal } = stopping;
    const isWanted = (sequence: number): boolean => wanted[sequence % wanted.length] ?? true;
    const consumer = new ShardConsumer({
      lanes: definition.parallelizationFactor,
      batchSize: definition.batchSize,
      windowMs: 0,
      signal,
      hurry: new Bell(),
      read: (raw) => {
        const record = toStreamRecord(raw, STREAM);
        if (!isWanted(Number(record.sequenceNumber))) {
          this.handled.add(Number(record.sequenceNumber));
        }
        return record;
      },
      wanted: (record) => isWanted(Number(record.sequenceNumber)),
      remember: (position) => this.remember(position),
      deliver: (records, handled) =>
        deliver(records, definition, {
          invoke: (payload) => {
            if (this.invocations >= last || this.broken.length > 0) {
              stopping.abort();
            }
            return this.invoke(invoked(payload), keys);
          },
          discard: () => Promise.resolve(true),
          handled: (done) => {
            this.add(done);
            return handled(done);
          },
          log: () => undefined,
          backoff: () => 0,
          signal,
          now: () => 0,
        }),
    });
    return consumer.run(this.pages(signal));
  }

  private add(records: StreamRecord[]): void {
    for (const { sequenceNumber } of records) {
      this.handled.add(Number(sequenceNumber));
    }
  }

  private async invoke(sequences: number[], keys: string[]) {
    const next = this.history.outcomes[this.invocations++] ?? { kind: 'ok' };
    if (sequences.length > this.history.definition.batchSize) {
      this.broken.push(`a batch of ${sequences.length}`);
    }
    this.repeats += sequences.filter((sequence) => this.handled.has(sequence)).length;
    for (const [i, sequence] of sequences.entries()) {
      const earlier = Array.from({ length: sequence - 1 }, (_, j) => j + 1);
      const open = earlier.filter(
        (each) =>
          keys[each - 1] === keys[sequence - 1] && !this.handled.has(each) && !sequences.slice(0, i).includes(each),
      );
      if (open.length > 0) {
        this.broken.push(`${sequence} before ${open.join(' ')}`);
      }
    }
    // Lanes answer in an order of their own.
    for (let turns = sequences[0]! % 3; turns > 0; turns--) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    switch (next.kind) {
      case 'unreachable':
        throw new Error('unreachable');
      case 'error':
        return { ok: false as const, errorType: 'Error', errorMessage: 'no', trace: [] };
      case 'malformed':
        return { ok: true as const, payload: { batchItemFailures: [{ itemIdentifier: '' }] } };
      case 'failed': {
        const itemIdentifier = String(sequences[next.at % sequences.length]);
        return { ok: true as const, payload: { batchItemFailures: [{ itemIdentifier }] } };
      }
      case 'ok':
        return { ok: true as const, payload: null };
    }
  }

  private async remember(position: Position): Promise<void> {
    const sequence = position.at === 'after' ? Number(position.sequenceNumber) : NaN;
    expect(sequence).toBeGreaterThan(this.checkpoint);
    const skipped = Array.from({ length: sequence }, (_, i) => i + 1).filter((each) => !this.handled.has(each));
    expect(skipped).toEqual([]);
    this.checkpoint = sequence;
    await Promise.resolve();
  }

  private async *pages(signal: AbortSignal): AsyncGenerator<Page> {
    const { keys, pageSize } = this.history;
    for (let from = this.checkpoint; from < keys.length && !signal.aborted; from += pageSize) {
      await Promise.resolve();
      const records = keys.slice(from, from + pageSize).map((key, i) => rawRecord(from + i + 1, key));
      yield { records, askedAt: performance.now() };
    }
  }
}

test('for any history of failures every record is handled, in order for its item, and the checkpoint passes no open one', async () => {
  await fc.assert(
    fc.asyncProperty(history, async (any) => {
      const world = new World(any);
      const finished = await world.live();
      expect(world.broken).toEqual([]);
      expect(finished).toBe(true);
      expect(world.handled.size).toBe(world.size);
      expect(world.checkpoint).toBe(world.size);
      expect(world.repeats).toBe(0);
    }),
    { numRuns: 300 },
  );
});

test('a restart at any moment skips nothing, and in one lane repeats nothing', async () => {
  await fc.assert(
    fc.asyncProperty(history, async (any) => {
      const world = new World(any);
      for (let lives = 1; !(await world.live(any.stopAfter)); lives++) {
        expect(world.broken).toEqual([]);
        // Each life invokes at least once, and failures come to an end.
        expect(lives).toBeLessThan(200);
      }
      expect(world.handled.size).toBe(world.size);
      expect(world.checkpoint).toBe(world.size);
      if (any.definition.parallelizationFactor === 1) {
        expect(world.repeats).toBe(0);
      }
    }),
    { numRuns: 300 },
  );
});

test('who waits for a shard that is written all the time waits only for what was there', async () => {
  const stopping = new AbortController();
  const { signal } = stopping;
  const moment = { asked: performance.now(), created: 10_500 };
  let written = 0;
  async function* busy(): AsyncGenerator<Page> {
    while (!signal.aborted) {
      await new Promise((resolve) => setImmediate(resolve));
      // Ten records a second, and never an empty page.
      const created = new Date(Math.floor(++written / 10) * 1000);
      yield { records: [rawRecord(written, 'a', created)], askedAt: performance.now() };
    }
  }
  const done = new Set<number>();
  const consumer = new ShardConsumer({
    lanes: 1,
    batchSize: 1,
    windowMs: 0,
    signal,
    hurry: new Bell(),
    read: (raw) => toStreamRecord(raw, STREAM),
    wanted: () => true,
    remember: () => Promise.resolve(),
    deliver: (records, handled) => {
      for (const { sequenceNumber } of records) {
        done.add(Number(sequenceNumber));
      }
      return handled(records);
    },
  });
  const running = consumer.run(busy());
  await consumer.caughtUp(moment);
  // Records up to 109 were created by the second 10.
  expect([...Array(109).keys()].filter((n) => !done.has(n + 1))).toEqual([]);
  expect(written).toBeLessThan(200);
  stopping.abort();
  expect(await running).toBe(false);
});
