import fc from 'fast-check';
import { untilProcessed } from '../../ops/unprocessed';

test('a batch is sent until all of it is taken, each item once, whatever is left of it each time', () =>
  fc.assert(
    fc.asyncProperty(fc.uniqueArray(fc.nat()), fc.infiniteStream(fc.boolean()), async (batch, takes) => {
      const taken: number[] = [];
      await untilProcessed(batch, (left) => {
        const [first, ...rest] = left;
        // Something is taken in the end, or there would be none.
        const isTaken = new Map(rest.map((item) => [item, takes.next().value]));
        taken.push(first!, ...rest.filter((item) => isTaken.get(item)));
        return Promise.resolve(rest.filter((item) => !isTaken.get(item)));
      });
      expect([...taken].sort()).toEqual([...batch].sort());
    }),
    { numRuns: 30 },
  ));

test('nothing is not sent', async () => {
  const send = jest.fn();
  await untilProcessed([], send);
  expect(send).not.toHaveBeenCalled();
});
