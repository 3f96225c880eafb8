import fc from 'fast-check';
import { untilProcessed } from '../../ops/unprocessed';

/** What `send` takes of a batch, item by item; the first always, or it would never end. */
function table(takes: Iterator<boolean>) {
  const taken: number[] = [];
  const waits: number[] = [];
  let sent = 0;
  const send = (left: number[]) => {
    sent += 1;
    const rest = left.filter((item, at) => !(at === 0 || takes.next().value) || !taken.push(item));
    return Promise.resolve(rest);
  };
  const wait = (ms: number) => Promise.resolve(waits.push(ms));
  return { taken, waits, send, wait, sent: () => sent };
}

test('a batch is sent until all of it is taken, each item once, with a wait before each time but the first', () =>
  fc.assert(
    fc.asyncProperty(fc.uniqueArray(fc.nat()), fc.infiniteStream(fc.boolean()), async (batch, takes) => {
      const { taken, waits, send, wait, sent } = table(takes);
      await untilProcessed(batch, send, wait);
      expect([...taken].sort()).toEqual([...batch].sort());
      expect(waits).toHaveLength(Math.max(0, sent() - 1));
    }),
  ));

test('the waits may double, up to five seconds', async () => {
  const random = jest.spyOn(Math, 'random').mockReturnValue(1);
  const { waits, send, wait } = table(fc.sample(fc.infiniteStream(fc.constant(false)), 1)[0]!);
  await untilProcessed([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], send, wait);
  random.mockRestore();
  expect(waits).toEqual([50, 100, 200, 400, 800, 1600, 3200, 5000, 5000]);
});

test('nothing is not sent', async () => {
  const { send, wait, sent } = table([][Symbol.iterator]());
  await untilProcessed([], send, wait);
  expect(sent()).toBe(0);
});
