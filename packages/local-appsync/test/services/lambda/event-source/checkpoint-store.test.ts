import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  FileCheckpointStore,
  MemoryCheckpointStore,
} from '../../../../src/services/lambda/event-source/checkpoint-store';
import { SmallDisk, testOnSmallDisk } from '../../../support/small-disk';

let directory: string;
beforeEach(() => void (directory = mkdtempSync(join(tmpdir(), 'checkpoints-'))));
afterEach(() => rmSync(directory, { recursive: true }));

function onFile(file = join(directory, 'checkpoints.jsonl')) {
  const told: string[] = [];
  return { store: new FileCheckpointStore(file, (line) => told.push(line)), told, file };
}

describe.each([
  ['memory', () => new MemoryCheckpointStore()],
  ['a file', () => onFile(join(directory, 'made', 'when needed.jsonl')).store],
])('in %s', (_, storeOf) => {
  test('a checkpoint is read as it was written, one a mapping; an unknown one is undefined, unlike an empty one', async () => {
    const store = storeOf();
    await store.write('a/b ../c', { 'shard-1': '1' });
    await store.write('a/b ../c', { 'shard-1': '2', 'shard-2': 'SHARD_END' });
    await store.write('other', { 'shard-1': '9' });
    await store.write('empty', {});
    expect(await store.read('a/b ../c')).toEqual({ 'shard-1': '2', 'shard-2': 'SHARD_END' });
    expect(await store.read('other')).toEqual({ 'shard-1': '9' });
    expect(await store.read('empty')).toEqual({});
    expect(await store.read('none')).toBeUndefined();
  });
});

test('a checkpoint outlives its store', async () => {
  await onFile().store.write('a', { shard: '1' });
  expect(await onFile().store.read('a')).toEqual({ shard: '1' });
});

test.each([
  '{"put":{"id":"a","shards":{"shard"',
  '{"put":{"id":"a","shards":{"shard":2}}}',
  '{"put":{"id":"a"}}',
  'null',
])('of a checkpoint that reads %j the one before it counts, and the log names the file', async (line) => {
  const { store, file } = onFile();
  await store.write('a', { shard: '1' });
  appendFileSync(file, line);
  const { store: after, told } = onFile();
  expect(await after.read('a')).toEqual({ shard: '1' });
  expect(told).toEqual([`${file}: left out what can't be read, line 2.`]);
});

testOnSmallDisk('on a full disk a checkpoint is refused, and the one before it stays', async () => {
  const disk = new SmallDisk(64 * 1024);
  try {
    const { store, file } = onFile(join(disk.folder, 'checkpoints.jsonl'));
    await store.write('a', { shard: '1' });
    disk.fill();
    await expect(store.write('a', { shard: '2'.repeat(5000) })).rejects.toThrow(
      /checkpoints\.jsonl can't be written: ENOSPC/,
    );
    const { store: after, told } = onFile(file);
    expect([await after.read('a'), told]).toEqual([{ shard: '1' }, []]);
  } finally {
    disk.remove();
  }
});
