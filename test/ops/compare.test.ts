import { marshall } from '@aws-sdk/util-dynamodb';
import { commentRow, ticketRow } from '../../domain/view';
import { compare, mayBeLag } from '../../ops/compare';
import { comment, create, happened, update } from '../domain/specification';

const events = happened([create(), comment(), update({ title: 'Two' }), comment({ visibility: 'INTERNAL' })]);
const rows = [ticketRow(events[3]!.ticket), commentRow(events[1]!)!, commentRow(events[3]!)!];

function differences(log: object[], view: object[]) {
  const items = (objects: object[]) => objects.map((object) => marshall(object, { removeUndefinedValues: true }));
  return compare('T1', items(log), items(view)).differences;
}

test('a view that is what the log says differs in nothing', () => expect(differences(events, rows)).toEqual([]));

test('of several missing versions all are named, of one that alone', () => {
  const why = (log: object[]) => differences(log, rows).map((difference) => difference.why);
  expect(why([events[0]!, events[3]!])).toContain('versions 2 to 3 are missing');
  expect(why([events[0]!, events[2]!, events[3]!])).toContain('version 2 is missing');
});

test('behind a gap, the state that an event carries is not folded', () => {
  const kinds = differences([events[0]!, ...events.slice(2)], [rows[0]!, rows[2]!]).map(({ kind }) => kind);
  expect(kinds).toEqual(['version gap']);
});

test.each([
  ['a ticket’s row that is there not at all', [rows[1]!, rows[2]!], { row: 'ticket', version: 1, kind: 'missing row' }],
  ['one that is behind', [ticketRow(events[1]!.ticket), rows[1]!, rows[2]!], { version: 3, kind: 'stale row' }],
  ['one that is ahead', [{ ...rows[0]!, version: 9 }, rows[1]!, rows[2]!], { version: 9, kind: 'orphan row' }],
  ['one that is wrong', [{ ...rows[0]!, title: 'One' }, rows[1]!, rows[2]!], { version: 4, kind: 'wrong field' }],
  ['one without a version', [{ ...rows[0]!, version: undefined }, rows[1]!, rows[2]!], { kind: 'stale row' }],
  ['a comment’s row that is not there', [rows[0]!, rows[1]!], { version: 4, kind: 'missing row' }],
  [
    'a row of no event',
    [...rows, { ...rows[1]!, row: 'comment#2' }],
    { row: 'comment#2', version: 2, kind: 'orphan row' },
  ],
])('%s differs at the version that it does not show', (_, view, difference) => {
  const found = differences(events, view);
  expect(found).toEqual([expect.objectContaining(difference)]);
  expect(mayBeLag(found[0]!)).toBe(found[0]!.kind === 'missing row' || found[0]!.kind === 'stale row');
});

test('a row with a number that JavaScript can not have differs, and nothing fails', () => {
  const items = events.map((event) => marshall(event));
  const [ticket, ...comments] = rows.map((row) => marshall(row));
  const { differences } = compare('T1', items, [{ ...ticket, version: { N: '9'.repeat(30) } }, ...comments]);
  expect(differences).toMatchObject([{ kind: 'stale row', row: 'ticket' }]);
});
