import { fill, type ListPage, listRange, refines, rowsToRead, brokenFilter } from '../../domain/listing';
import { type ListedTicket, ticketRow } from '../../domain/view';
import { create, happened } from './specification';

const [created] = happened([create()]);

function row(changed: string, fields: Partial<ListedTicket> = {}): ListedTicket {
  return {
    ...ticketRow(created!.ticket),
    changed,
    ...fields,
  };
}

const EMPTY: ListPage = { items: [], after: null, more: true };

describe('a list is read from the index with the fewest rows', () => {
  const everything = { requester: 'ann', assignee: 'bob', status: 'OPEN', priority: 'LOW', tag: 'x' } as const;
  test.each([
    ['what a person asked for', everything, 'byRequester', 'ann'],
    ['what a person is to do', { ...everything, requester: null }, 'byAssignee', 'bob'],
    ['a status', { status: 'OPEN', priority: 'LOW' }, 'byStatus', 'OPEN'],
    ['all', { priority: 'LOW', assignee: null }, 'byChange', 'tickets'],
  ] as const)('%s', (_, filter, name, value) => {
    expect(listRange(filter, 'DESC', null)).toMatchObject({ index: { name }, value });
  });
});

describe('a list is read', () => {
  const updatedSince = '2026-01-01T00:00:00.000Z';
  const after = '2026-02-01T00:00:00.000Z#T1';
  test.each([
    ['from its newest to its oldest', {}, 'DESC', null, ' ', '~'],
    ['from its newest to a time', { updatedSince }, 'DESC', null, updatedSince, '~'],
    ['on from where it was, towards its oldest', {}, 'DESC', after, ' ', after],
    ['on from where it was, to a time', { updatedSince }, 'DESC', after, updatedSince, after],
    ['on from where it was, towards its newest', { updatedSince }, 'ASC', after, after, '~'],
  ] as const)('%s', (_, filter, order, from, first, last) => {
    expect(listRange(filter, order, from)).toMatchObject({ from: first, to: last });
  });
});

describe('a page', () => {
  test('takes what fits and goes on behind it', () => {
    const read = { rows: [row('3'), row('2'), row('1')], more: false };
    expect(fill(EMPTY, read, {}, 2)).toEqual({ items: read.rows.slice(0, 2), after: '2', more: true });
  });

  test('that just fits is the last one if nothing else was found', () => {
    const read = { rows: [row('3'), row('2'), row('1', { priority: 'LOW' })], more: false };
    expect(fill(EMPTY, read, { priority: 'MEDIUM' }, 2)).toMatchObject({ after: '1', more: false });
  });

  test('leaves out the row that it begins after, and goes on behind all it looked at', () => {
    const read = { rows: [row('3'), row('2', { tags: ['vpn'] }), row('1')], more: true };
    const page = fill({ ...EMPTY, after: '3' }, read, { tag: ' VPN ' }, 2);
    expect(page).toEqual({ items: [read.rows[1]], after: '1', more: true });
  });

  test('of which a read found nothing stays where it is', () => {
    expect(fill({ ...EMPTY, after: '3' }, { rows: [row('3')], more: false }, {}, 2)).toEqual({
      items: [],
      after: '3',
      more: false,
    });
  });
});

test('a page that needs no sifting is one read, another up to six that grow', () => {
  expect([0, 1].map((reads) => rowsToRead({ status: 'OPEN', updatedSince: 'x' }, 20, reads))).toEqual([22, 0]);
  expect([0, 1, 2, 3, 4, 5, 6].map((reads) => rowsToRead({ tag: 'x' }, 20, reads))).toEqual([
    ...[100, 200, 400, 800, 800, 800],
    0,
  ]);
});

test('a second person, a priority, a tag and a title are sifted for', () => {
  expect(
    [{}, { status: 'OPEN' }, { assignee: 'a' }, { updatedSince: 'x' }].some((filter) => refines(filter as object)),
  ).toBe(false);
  const sifted = [{ status: 'OPEN', assignee: 'a' }, { priority: 'LOW' }, { tag: 'x' }, { titleContains: 'x' }];
  expect(sifted.every((filter) => refines(filter as object))).toBe(true);
});

test.each(['assignee', 'requester', 'tag', 'titleContains'])('an empty %s is no filter', (field) => {
  expect(brokenFilter({ [field]: '' })).toMatchObject({ type: 'ValidationError', info: { field } });
  expect(brokenFilter({ [field]: null })).toBeNull();
});

test.each([
  ['assignee', 128],
  ['requester', 128],
  ['tag', 40],
  ['titleContains', 200],
])('the %s of a filter has %i characters at most', (field, length) => {
  expect(brokenFilter({ [field]: 'x'.repeat(length) })).toBeNull();
  expect(brokenFilter({ [field]: 'x'.repeat(length + 1) })).toMatchObject({ info: { field } });
});
