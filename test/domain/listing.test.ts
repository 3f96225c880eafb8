import {
  fill,
  type Listing,
  type ListPage,
  listRange,
  refines,
  rowsToRead,
  brokenFilter,
  type TicketFilter,
} from '../../domain/listing';
import { lateRow, type ListedTicket, ticketRow } from '../../domain/view';
import { create, happened } from './specification';

const [created] = happened([create()]);

function row(changed: string, fields: Partial<ListedTicket> = {}): ListedTicket {
  return {
    ...ticketRow(created!.ticket),
    changed,
    ...fields,
  };
}

const ALL: Listing = { filter: {}, order: 'DESC', size: 20 };
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

describe('the late part of a list', () => {
  const S = '2026-01-02T00:00:00.000Z';
  const listing = (order: 'ASC' | 'DESC', filter = {}): Listing => ({
    ...{ filter: { updatedSince: S, ...filter }, order, size: 2 },
  });
  const late = (id: string, arrivedAt: string, updatedAt = '2026-01-01T00:00:00.000Z') =>
    lateRow({ ...created!.ticket, id, updatedAt }, arrivedAt);
  const NOON = '2026-01-02T12:00:00.000Z';

  test.each([
    ['of all tickets, whatever the filter is', { status: 'OPEN', assignee: 'bob' }, 'byArrival', 'tickets'],
    [
      'of the requester, as a position among others would tell of them',
      { requester: 'ann' },
      'byRequesterArrival',
      'ann',
    ],
  ] as const)('is read from the rows %s', (_, filter, name, value) => {
    const range = listRange(listing('ASC', filter).filter, 'ASC', null);
    expect(range).toMatchObject({ index: { name, sortKey: 'arrived' }, value, from: S, to: '~' });
  });

  test('comes first in a list that begins with the oldest, and the rest follows', () => {
    const page = fill(EMPTY, { rows: [late('A', NOON)], more: false }, listing('ASC'));
    expect(page).toMatchObject({ items: [{ id: 'A' }], more: true });
    expect(listRange(listing('ASC').filter, 'ASC', page.after)).toMatchObject({
      ...{ index: { name: 'byChange', sortKey: 'changed' }, from: S, to: '~' },
    });
    expect(fill(page, { rows: [row(`${NOON}#T1`, { updatedAt: NOON })], more: false }, listing('ASC'))).toMatchObject({
      ...{ items: [{ id: 'A' }, { id: 'T1' }], more: false },
    });
  });

  test('comes last in a list that begins with the newest', () => {
    const page = fill(EMPTY, { rows: [row(`${NOON}#T1`, { updatedAt: NOON })], more: false }, listing('DESC'));
    expect(page).toMatchObject({ items: [{ id: 'T1' }], more: true });
    expect(listRange(listing('DESC').filter, 'DESC', page.after)).toMatchObject({
      ...{ index: { name: 'byArrival' }, from: S, to: '~' },
    });
    const read = { rows: [late('A', NOON), late('C', S)], more: false };
    const full = fill(page, read, listing('DESC'));
    expect(full).toMatchObject({ items: [{ id: 'T1' }, { id: 'A' }], more: true });
    expect(listRange(listing('DESC').filter, 'DESC', full.after)).toMatchObject({ from: S, to: `${NOON}#A` });
    expect(fill({ ...full, items: [] }, read, listing('DESC'))).toMatchObject({ items: [{ id: 'C' }], more: false });
  });

  test('leaves out what changed since, which is in the rest', () => {
    const rows = [late('A', NOON, S), late('B', NOON)];
    expect(fill(EMPTY, { rows, more: false }, listing('ASC')).items).toMatchObject([{ id: 'B' }]);
  });

  test('is no part of a list without a time', () => {
    const read = { rows: [row('3')], more: false };
    expect(fill(EMPTY, read, { ...ALL, order: 'ASC' })).toMatchObject({ more: false });
    expect(fill(EMPTY, read, ALL)).toMatchObject({ more: false });
  });
});

describe('a page', () => {
  test('takes what fits and goes on behind it', () => {
    const read = { rows: [row('3'), row('2'), row('1')], more: false };
    expect(fill(EMPTY, read, { ...ALL, size: 2 })).toEqual({ items: read.rows.slice(0, 2), after: '2', more: true });
  });

  test('that just fits is the last one if nothing else was found', () => {
    const read = { rows: [row('3'), row('2'), row('1', { priority: 'LOW' })], more: false };
    expect(fill(EMPTY, read, { ...ALL, filter: { priority: 'MEDIUM' }, size: 2 })).toMatchObject({
      after: '1',
      more: false,
    });
  });

  test('leaves out the row that it begins after, and goes on behind all it looked at', () => {
    const read = { rows: [row('3'), row('2', { tags: ['vpn'] }), row('1')], more: true };
    const page = fill({ ...EMPTY, after: '3' }, read, { ...ALL, filter: { tag: ' VPN ' }, size: 2 });
    expect(page).toEqual({ items: [read.rows[1]], after: '1', more: true });
  });

  test('of which a read found nothing stays where it is', () => {
    expect(fill({ ...EMPTY, after: '3' }, { rows: [row('3')], more: false }, ALL)).toEqual({
      items: [],
      after: '3',
      more: false,
    });
  });
});

test('a page that needs no sifting is one read, another up to six that grow', () => {
  const rows = (filter: TicketFilter, after: string | null = null) =>
    [0, 1, 2, 3, 4, 5, 6].map((reads) => rowsToRead({ ...ALL, filter }, after, reads));
  expect(rows({ status: 'OPEN', updatedSince: 'x' })).toEqual([...Array<number>(6).fill(22), 0]);
  expect(rows({ tag: 'x' })).toEqual([100, 200, 400, 800, 800, 800, 0]);
  // Whoever changed since is in both parts.
  expect(rows({ updatedSince: 'x' }, 'late#y')).toEqual([100, 200, 400, 800, 800, 800, 0]);
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
