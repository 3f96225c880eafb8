import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  FileCheckpointStore,
  MemoryCheckpointStore,
} from '../../../../src/services/lambda/event-source/checkpoint-store';

let directory: string;
beforeEach(async () => void (directory = await mkdtemp(join(tmpdir(), 'checkpoints-'))));
afterEach(() => rm(directory, { recursive: true }));

describe.each([
  ['memory', () => new MemoryCheckpointStore()],
  ['files', () => new FileCheckpointStore(join(directory, 'made', 'when needed'))],
])('in %s', (_, storeOf) => {
  test('a checkpoint is read as it was written, one a mapping; an unknown one is empty', async () => {
    const store = storeOf();
    await store.write('a/b ../c', { 'shard-1': '1' });
    await store.write('a/b ../c', { 'shard-1': '2', 'shard-2': 'SHARD_END' });
    await store.write('other', { 'shard-1': '9' });
    expect(await store.read('a/b ../c')).toEqual({ 'shard-1': '2', 'shard-2': 'SHARD_END' });
    expect(await store.read('other')).toEqual({ 'shard-1': '9' });
    expect(await store.read('none')).toBeUndefined();
  });
});

test('a checkpoint outlives its store, and nothing but its file is left', async () => {
  await new FileCheckpointStore(directory).write('a', { shard: '1' });
  expect(await new FileCheckpointStore(directory).read('a')).toEqual({ shard: '1' });
  expect(await readdir(directory)).toEqual(['a.json']);
});

test.each(['', '{"shard":', '[]', '{"shard":1}', 'null'])('a file that holds %j is refused by name', async (text) => {
  await writeFile(join(directory, 'a.json'), text);
  await expect(new FileCheckpointStore(directory).read('a')).rejects.toThrow(/a\.json is not a checkpoint.*Delete it/);
});
