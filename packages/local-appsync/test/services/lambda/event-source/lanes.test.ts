import fc from 'fast-check';
import { batchLength, laneOf, MAX_BATCH_BYTES } from '../../../../src/services/lambda/event-source/lanes';
import { recordsUpTo } from './records';

test('a key has one lane, and it is one of those there are', () => {
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: 1, max: 10 }), (key, lanes) => {
      const lane = laneOf(key, lanes);
      expect(lane).toBe(laneOf(key, lanes));
      expect(lane).toBeGreaterThanOrEqual(0);
      expect(lane).toBeLessThan(lanes);
    }),
  );
});

test('keys that are alike spread over the lanes', () => {
  const used = new Set(Array.from({ length: 100 }, (_, i) => laneOf(`[["id",{"S":"post-${i}"}]]`, 10)));
  expect(used.size).toBe(10);
});

test('a batch takes no more records than its size and no more bytes than a payload, but at least one', () => {
  const sized = (...bytes: number[]) => recordsUpTo(bytes.length).map((each, i) => ({ ...each, bytes: bytes[i] ?? 0 }));
  const half = MAX_BATCH_BYTES / 2;
  expect(batchLength([], 10)).toBe(0);
  expect(batchLength(sized(1, 1, 1), 2)).toBe(2);
  expect(batchLength(sized(1, 1, 1), 10)).toBe(3);
  expect(batchLength(sized(half, half, 1), 10)).toBe(2);
  expect(batchLength(sized(MAX_BATCH_BYTES + 1, 1), 10)).toBe(1);
});
