import fc from 'fast-check';
import { Progress } from '../../../../src/services/lambda/event-source/progress';

test('the checkpoint is the last record before which nothing is open, in whatever order records are done', () => {
  const shuffled = fc
    .integer({ min: 1, max: 30 })
    .chain((n) => fc.shuffledSubarray([...Array(n).keys()], { minLength: n }));
  fc.assert(
    fc.property(shuffled, (order) => {
      const progress = new Progress();
      for (const i of order.keys()) {
        progress.read(String(i));
      }
      const done = new Set<number>();
      for (const i of order) {
        progress.done(String(i));
        done.add(i);
        const firstOpen = order.findIndex((_, j) => !done.has(j));
        const passed = firstOpen < 0 ? order.length : firstOpen;
        expect(progress.checkpoint).toBe(passed === 0 ? undefined : String(passed - 1));
        expect(progress.passed).toBe(passed);
        expect(progress.open).toBe(order.length - passed);
      }
    }),
  );
});

test('a record that is done twice counts once', () => {
  const progress = new Progress();
  progress.read('1');
  progress.done('1');
  progress.done('1');
  expect([progress.passed, progress.open]).toEqual([1, 0]);
});
