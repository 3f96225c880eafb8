import { commentKey, commentRow, lateRow, ticketOf, ticketRow } from '../../domain/view';
import { comment, create, happened } from './specification';

const [created, commented] = happened([create(), comment({ body: 'It burns', actor: 'bob' })]);

test('a comment has a row beside its ticket, with the key of its version', () => {
  expect(commentRow(commented!)).toEqual({
    ticketId: 'T1',
    row: 'comment#000000000002',
    version: 2,
    author: 'bob',
    body: 'It burns',
    createdAt: commented!.at,
  });
});

test('the row of a ticket has the ticket in it', () => {
  const [assigned] = happened([create({ assignee: 'bob' })]);
  for (const { ticket } of [created!, assigned!]) {
    expect(ticketOf(ticketRow(ticket))).toEqual(ticket);
    expect(ticketOf(lateRow(ticket, '2026-01-01T00:00:00.000Z'))).toEqual(ticket);
  }
});

test('no other event has one', () => {
  expect(commentRow(created!)).toBeNull();
});

test('comments are in the order of versions, apart from the ticket', () => {
  const versions = [1, 2, 9, 10, 11, 99, 100, 1000, 123456789012];
  const keys = versions.map(commentKey);
  expect([...keys].sort()).toEqual(keys);
  expect(keys.every((key) => key.startsWith('comment#') && key.length === keys[0]!.length)).toBe(true);
  expect(keys).not.toContain(ticketRow(created!.ticket).row);
});
