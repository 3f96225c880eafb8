import { Checkpointer } from '../../../../src/services/lambda/event-source/checkpointer';
import {
  type CheckpointStore,
  MemoryCheckpointStore,
} from '../../../../src/services/lambda/event-source/checkpoint-store';
import { after, END, START } from '../../../../src/services/lambda/event-source/position';

function silent(): void {
  return undefined;
}

test('positions come back as they were', async () => {
  const store = new MemoryCheckpointStore();
  const before = await Checkpointer.open(store, 'a', silent);
  expect(before.isNew).toBe(true);
  await before.advance('1', START);
  await before.advance('2', after('22'));
  await before.advance('3', END);

  const again = await Checkpointer.open(store, 'a', silent);
  expect(again.isNew).toBe(false);
  expect(['1', '2', '3', '4'].map((id) => again.position(id))).toEqual([START, after('22'), END, undefined]);
});

test('writes never overlap, those that wait go together, and each waits for its own', async () => {
  const written: Record<string, string>[] = [];
  let writing = 0;
  const slow: CheckpointStore = {
    read: () => Promise.resolve({}),
    write: async (_, checkpoint) => {
      expect(++writing).toBe(1);
      await new Promise((resolve) => setImmediate(resolve));
      written.push(checkpoint);
      writing -= 1;
    },
  };
  const checkpointer = await Checkpointer.open(slow, 'a', silent);
  const advance = async (n: number): Promise<void> => {
    await checkpointer.advance('s', after(String(n)));
    expect(Number(written.at(-1)?.s)).toBeGreaterThanOrEqual(n);
  };
  await Promise.all([1, 2, 3, 4, 5].map(advance));
  expect(written.length).toBeLessThan(5);
  expect(written.at(-1)).toEqual({ s: '5' });
});

test('a store that fails is told of once and does not hold up the mapping', async () => {
  const lines: string[] = [];
  let failing = true;
  const memory = new MemoryCheckpointStore();
  const store: CheckpointStore = {
    read: (id) => memory.read(id),
    write: (id, checkpoint) => (failing ? Promise.reject(new Error('disk full')) : memory.write(id, checkpoint)),
  };
  const checkpointer = await Checkpointer.open(store, 'a', (line) => lines.push(line));
  await checkpointer.advance('s', after('1'));
  await checkpointer.advance('s', after('2'));
  expect(lines).toEqual(['The checkpoint cannot be written: Error: disk full']);
  failing = false;
  await checkpointer.close();
  expect(await store.read('a')).toEqual({ s: '2' });
});

test('after close nothing is taken', async () => {
  const store = new MemoryCheckpointStore();
  const checkpointer = await Checkpointer.open(store, 'a', silent);
  await checkpointer.advance('s', after('1'));
  await checkpointer.close();
  await checkpointer.advance('s', after('2'));
  expect(await store.read('a')).toEqual({ s: '1' });
});
