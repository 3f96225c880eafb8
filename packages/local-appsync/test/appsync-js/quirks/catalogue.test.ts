import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { QUIRKS } from '../../../src/appsync-js/quirks';
import { semanticsOf, type QuirkId } from '../../../src/appsync-js/quirks/semantics';

const page = readFileSync(join(__dirname, '..', '..', '..', 'README.md'), 'utf8');

/** What the page says of each: how it is read in `appsync`, `strictest` and `ecmascript`. */
const rows = new Map(
  [...page.matchAll(/^\| ([A-Z]\d+) \|.*\| ([^|]+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$/gm)].map(
    ([, id, sure, ...modes]) => [id!, { sure: sure!, modes }],
  ),
);

test('The page lists all that is reported', () => {
  expect(rows.size).toBe(57);
});

test.each([...QUIRKS, { id: 'D1' }, { id: 'D2' }] as { id: QuirkId; certainty?: string; find?: unknown }[])(
  'The page says of $id what runs here',
  ({ id, certainty, find }) => {
    const { sure, modes } = rows.get(id)!;
    if (certainty) {
      expect(sure).toBe(certainty);
    }
    expect(modes).toEqual([semanticsOf('appsync').applies(id) ? 'acts' : find ? 'named' : '–', 'acts', '–']);
  },
);

test('The page says of all others that they are so always, or never', () => {
  const emulated: string[] = [...QUIRKS.map(({ id }) => id), 'D1', 'D2'];
  const others = [...rows].filter(([id]) => !emulated.includes(id));
  for (const [, { modes }] of others) {
    expect([['always'], ['–']]).toContainEqual([...new Set(modes)]);
  }
});
