import type { TicketStatus } from '../../domain/ticket';
import { comment, create, given, update } from './specification';

function text(length: number) {
  return 'x'.repeat(length);
}

function tags(count: number) {
  return Array.from({ length: count }, (_, i) => `tag${i}`);
}

describe('a rule on a text', () => {
  test.each([
    ['title', create({ title: text(1) }), create({ title: text(200) })],
    ['description', create({ description: '' }), create({ description: text(10000) })],
    ['assignee', create({ assignee: text(1) }), create({ assignee: text(128) })],
    ['a tag', create({ tags: [text(1)] }), create({ tags: [text(40)] })],
    ['the number of tags', create({ tags: tags(1) }), create({ tags: tags(20) })],
    ['the command id', create({ commandId: text(1) }), create({ commandId: text(128) })],
  ])('lets %s be as short and as long as it allows', (_, shortest, longest) => {
    given().when(shortest).thenTicket({ version: 1 });
    given().when(longest).thenTicket({ version: 1 });
  });

  test.each([
    ['title', create({ title: '' })],
    ['title', create({ title: ' \t\n ' })],
    ['title', create({ title: text(201) })],
    ['description', create({ description: text(10001) })],
    ['assignee', create({ assignee: '' })],
    ['assignee', create({ assignee: text(129) })],
    ['tags', create({ tags: [''] })],
    ['tags', create({ tags: [' '] })],
    ['tags', create({ tags: [text(41)] })],
    ['tags', create({ tags: tags(21) })],
    ['id', create({ ticketId: '' })],
    ['id', create({ ticketId: text(129) })],
    ['commandId', create({ commandId: '' })],
    ['commandId', create({ commandId: text(129) })],
  ])('refuses a %s beyond it', (field, command) => {
    given()
      .when(command)
      .thenRefused({ type: 'ValidationError', info: { field, rule: expect.any(String) as string } });
  });

  test.each([
    ['title', update({ title: text(201) })],
    ['title', update({ title: '\u00a0\ufeff' })],
    ['description', update({ description: text(10001) })],
    ['assignee', update({ assignee: '' })],
    ['addTags', update({ addTags: [text(41)] })],
    ['addTags', update({ addTags: tags(21) })],
    ['removeTags', update({ removeTags: [''] })],
    ['removeTags', update({ removeTags: tags(51) })],
    ['clear', update({ clear: Array.from({ length: 11 }, () => 'DESCRIPTION' as const) })],
    ['clear', update({ clear: ['DESCRIPTION'], description: '' })],
    ['clear', update({ clear: ['ASSIGNEE'], assignee: 'bob' })],
    ['removeTags', update({ addTags: ['a'], removeTags: ['A '] })],
    ['reason', update({ reason: text(1001) })],
  ])('refuses an update of %s beyond it', (field, command) => {
    given(create())
      .when(command)
      .thenRefused({ type: 'ValidationError', info: { field, rule: expect.any(String) as string } });
  });

  test.each([
    ['body', comment({ body: '' })],
    ['body', comment({ body: text(5001) })],
    ['id', comment({ ticketId: text(129) })],
    ['commandId', comment({ commandId: '' })],
  ])('refuses a comment whose %s is beyond it', (field, command) => {
    given(create())
      .when(command)
      .thenRefused({ type: 'ValidationError', info: { field, rule: expect.any(String) as string } });
  });

  test.each([
    ['title', update({ title: text(1) }), update({ title: text(200) })],
    ['description', update({ description: '' }), update({ description: text(10000) })],
    ['assignee', update({ assignee: text(1) }), update({ assignee: text(128) })],
    ['an added tag', update({ addTags: [text(1)] }), update({ addTags: [text(40)] })],
    ['the number of added tags', update({ addTags: tags(1) }), update({ addTags: tags(20) })],
    [
      'the number of removed tags',
      update({ title: 'x', removeTags: [] }),
      update({ title: 'x', removeTags: tags(50) }),
    ],
    ['a reason', update({ title: 'x', reason: '' }), update({ title: 'x', reason: text(1000) })],
    ['a comment', comment({ body: text(1) }), comment({ body: text(5000) })],
  ])('lets %s of a ticket that exists be as short and as long as it allows', (_, shortest, longest) => {
    given(create()).when(shortest).thenTicket({ version: 2 });
    given(create()).when(longest).thenTicket({ version: 2 });
  });

  test.each([
    ['description', update({ clear: ['DESCRIPTION'], description: 'x' })],
    ['assignee', update({ clear: ['ASSIGNEE'], assignee: 'bob' })],
  ])('names the field that is both set and cleared: %s', (field, command) => {
    given(create())
      .when(command)
      .thenRefused({
        type: 'ValidationError',
        info: { field: 'clear', rule: `cannot clear a field that is set (${field})` },
      });
  });

  test('counts the tags that a ticket would have, not those that are added', () => {
    given(create({ tags: tags(20) }))
      .when(update({ addTags: ['one more'] }))
      .thenRefused({ type: 'ValidationError', info: { field: 'addTags', rule: 'at most 20 tags on a ticket' } });
    given(create({ tags: tags(20) }))
      .when(update({ addTags: ['one more'], removeTags: ['tag0'] }))
      .thenTicket({ version: 2 });
  });
});

describe('the number of tags', () => {
  test.each([
    ['tags', create({ tags: tags(80_000) })],
    ['addTags', update({ addTags: tags(80_000) })],
    ['removeTags', update({ removeTags: tags(80_000) })],
  ])('in %s is looked at before any of them', (field, command) => {
    given(create())
      .when(command)
      .thenRefused({
        type: 'ValidationError',
        info: { field, rule: expect.stringMatching(/^at most \d+ tags$/) as string },
      });
  });
});

describe('the transition table', () => {
  const allowed: Record<TicketStatus, TicketStatus[]> = {
    OPEN: ['IN_PROGRESS', 'ON_HOLD', 'RESOLVED', 'CLOSED'],
    IN_PROGRESS: ['OPEN', 'ON_HOLD', 'RESOLVED', 'CLOSED'],
    ON_HOLD: ['OPEN', 'IN_PROGRESS', 'RESOLVED', 'CLOSED'],
    RESOLVED: ['OPEN', 'CLOSED'],
    CLOSED: ['OPEN'],
  };
  const statuses = Object.keys(allowed) as TicketStatus[];
  const pairs = statuses.flatMap((from) => statuses.map((to) => [from, to] as const)).filter(([a, b]) => a !== b);
  const at = (status: TicketStatus) => (status === 'OPEN' ? given(create()) : given(create(), update({ status })));

  test.each(pairs.filter(([from, to]) => allowed[from].includes(to)))('lets a ticket go from %s to %s', (from, to) => {
    at(from)
      .when(update({ status: to }))
      .then({ type: 'TicketUpdated', data: { status: { from, to } } });
  });

  test.each(pairs.filter(([from, to]) => !allowed[from].includes(to)))(
    'keeps a ticket from going from %s to %s',
    (from, to) => {
      at(from)
        .when(update({ status: to }))
        .thenRefused({ type: 'InvalidTransition', info: { from, to, allowed: allowed[from] } });
    },
  );

  test.each(statuses)('takes %s to itself for no change', (status) => {
    at(status).when(update({ status })).thenNothingChanges();
  });
});
