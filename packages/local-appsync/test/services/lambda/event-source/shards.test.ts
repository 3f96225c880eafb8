import fc from 'fast-check';
import { readableShards, type Shard } from '../../../../src/services/lambda/event-source/shards';

function shard(id: string, parentId?: string): Shard {
  return { id, parentId };
}

function readable(shards: Shard[], ...finished: string[]): string[] {
  return readableShards(shards, (id) => finished.includes(id)).map(({ id }) => id);
}

test('children are read after their parent, siblings together, and what is finished no more', () => {
  const family = [shard('a'), shard('b', 'a'), shard('c', 'a'), shard('d', 'b')];
  expect(readable(family)).toEqual(['a']);
  expect(readable(family, 'a')).toEqual(['b', 'c']);
  expect(readable(family, 'a', 'b')).toEqual(['c', 'd']);
  expect(readable(family, 'a', 'b', 'c', 'd')).toEqual([]);
});

test('a shard whose parent has been trimmed is read', () => {
  expect(readable([shard('b', 'trimmed')])).toEqual(['b']);
});

test('every shard gets its turn, after its parent, whatever the lineage', () => {
  const lineage = fc
    .array(fc.nat(), { minLength: 1, maxLength: 12 })
    .map((parents) =>
      parents.map((parent, i) => shard(String(i), i === 0 || parent % 4 === 0 ? undefined : String(parent % i))),
    );
  fc.assert(
    fc.property(lineage, (shards) => {
      const finished: string[] = [];
      for (let next = readable(shards); next.length > 0; next = readable(shards, ...finished)) {
        for (const id of next) {
          const parent = shards.find((each) => each.id === id)?.parentId;
          if (parent !== undefined) {
            expect(finished).toContain(parent);
          }
        }
        finished.push(...next);
      }
      expect(finished).toHaveLength(shards.length);
    }),
  );
});
