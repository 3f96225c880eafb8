import fc from 'fast-check';
import { setImmediate as turn } from 'node:timers/promises';
import { inParallel } from '../../ops/in-parallel';

async function* upTo(count: number) {
  for (let n = 0; n < count; n += 1) {
    await Promise.resolve();
    yield n;
  }
}

test('each item is worked on once, and no more than so many at a time', () =>
  fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 1, max: 10 }), async (count, most) => {
      const done: number[] = [];
      let running = 0;
      await inParallel(upTo(count), most, async (n) => {
        running += 1;
        expect(running).toBeLessThanOrEqual(most);
        await turn();
        running -= 1;
        done.push(n);
      });
      expect(done.sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, n) => n));
    }),
  ));

test('after a failure no other is begun, and those that were begun are done when it is thrown', async () => {
  const begun: number[] = [];
  const done: number[] = [];
  const work = async (n: number) => {
    begun.push(n);
    await (n === 1 ? Promise.reject(new Error('no')) : turn());
    done.push(n);
  };
  await expect(inParallel(upTo(100), 3, work)).rejects.toThrow('no');
  expect(begun.length).toBeLessThan(10);
  expect(done).toEqual(begun.filter((n) => n !== 1));
});

test('a source that fails is an error', async () => {
  async function* broken() {
    yield* upTo(2);
    throw new Error('no more');
  }
  await expect(inParallel(broken(), 2, () => Promise.resolve())).rejects.toThrow('no more');
});
