import fc from 'fast-check';
import { Queue } from '../../bench/simulate/lane';
import { listingRate, serviceRate, TODAY } from '../../bench/simulate/parameters';
import { simulate } from '../../bench/simulate/simulate';

/** Without noise. */
const EXACT = 0;

function steady(rate: number, seconds: number) {
  return { name: '', seconds, spread: () => rate };
}

describe('the simulation, against what can be worked out by hand', () => {
  test('is never behind when nothing comes', () => {
    const { points } = simulate(steady(0, 10), TODAY, EXACT);
    expect(points.every(({ behind, iteratorAge, throttled }) => behind + iteratorAge + throttled === 0)).toBe(true);
  });

  test('a partition of 1,000 units that is offered 1,500 is 5,000 behind after ten seconds', () => {
    const one = { ...TODAY, partitions: 1, eventUnits: 1, splitAfter: 1e9 };
    expect(simulate(steady(1_500, 10), one, EXACT).points.at(-1)!.throttled).toBeCloseTo(5_000, 3);
  });

  test('a partition that stays hot is split in two, and what waits is worked off', () => {
    const one = { ...TODAY, partitions: 1, eventUnits: 1, splitAfter: 5 };
    const { points } = simulate(steady(1_500, 60), one, EXACT);
    expect(points.find(({ partitions }) => partitions === 2)!.at).toBeCloseTo(5, 0);
    expect(points.at(-1)!.throttled).toBe(0);
  });

  test('what comes at 800 a second and leaves at 500 is 300 of 800 seconds old for each second', () => {
    const slow = { ...TODAY, partitions: 100 };
    expect(listingRate(slow)).toBe(500);
    const { points } = simulate(steady(800, 10), slow, EXACT);
    expect(points.at(-1)!.behind).toBeCloseTo(3_000, 3);
    expect(points.at(-1)!.iteratorAge).toBeCloseTo((10 * 300) / 800, 0);
  });

  test('a projector does a batch of a hundred tickets in ten turns of ten, and of one ticket in a hundred publishes', () => {
    // 0.005 + 10 × (0.01 + 0.02) = 0.305 s; 0.005 + 0.01 + 100 × 0.02 = 2.015 s.
    expect(serviceRate(TODAY, 100)).toBeCloseTo(100 / 0.305, 6);
    expect(serviceRate(TODAY, 1)).toBeCloseTo(100 / 2.015, 6);
  });

  test('a ticket that is hotter than its projector falls behind alone', () => {
    const hot = { name: '', seconds: 10, spread: () => 100, hot: () => 100 };
    const { points } = simulate(hot, TODAY, EXACT);
    const rate = serviceRate(TODAY, 1);
    expect(points.at(-1)!.behind).toBeCloseTo((100 - rate) * 10, 0);
  });
});

test('what comes in is stored or waits, and what is stored is projected or waits, whatever the load', () => {
  const load = fc.record({ spread: fc.integer({ min: 0, max: 5_000 }), hot: fc.integer({ min: 0, max: 2_000 }) });
  fc.assert(
    fc.property(load, fc.integer({ min: 1, max: 1_000 }), ({ spread, hot }, seed) => {
      const { points, totals } = simulate({ name: '', seconds: 20, spread: () => spread, hot: () => hot }, TODAY, seed);
      const { throttled, behind } = points.at(-1)!;
      expect(totals.stored + throttled).toBeCloseTo(totals.offered, 4);
      expect(totals.projected + behind).toBeCloseTo(totals.stored, 4);
    }),
    { numRuns: 50 },
  );
});

test('a queue gives the oldest first and knows how old it is', () => {
  const queue = new Queue();
  queue.add(0, 5);
  queue.add(1, 5);
  expect(queue.take(7)).toBe(7);
  expect(queue.age(3)).toBe(2);
  expect(queue.take(10)).toBe(3);
  expect(queue.age(9)).toBe(0);
});
