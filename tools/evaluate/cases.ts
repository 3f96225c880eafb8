import type { TicketCommand } from '../../domain/commands';
import { decide } from '../../domain/decide';
import type { TicketEvent } from '../../domain/events';
import { ticketRow } from '../../domain/view';
import type { HandlerContext, HandlerName } from 'local-appsync/appsync-js';
import type { List } from '../../resolvers/shared/list';
import { contextWith, user } from './context';

/** A context for a handler of a bundle: what AppSync would hand it in one situation. */
export interface Case {
  bundle: string;
  handler: HandlerName;
  situation: string;
  context: HandlerContext;
}

const AT = '2026-01-01T00:00:00.000Z';

const requester = user('alice', null);
const stranger = user('mallory', null);
const projector = {
  accountId: '111122223333',
  cognitoIdentityPoolId: null,
  cognitoIdentityId: null,
  sourceIp: ['192.0.2.1'],
  username: 'AROA:projector',
  userArn: 'arn:aws:sts::111122223333:assumed-role/projector/session',
  cognitoIdentityAuthType: null,
  cognitoIdentityAuthProvider: null,
};

const envelope = { ticketId: 'T1', actor: 'alice', role: 'requester' as const, at: AT };
const creation = {
  type: 'CreateTicket' as const,
  ...envelope,
  commandId: 'C1',
  title: 'Printer on fire',
  tags: ['hot'],
};
const update = {
  type: 'UpdateTicket' as const,
  ...envelope,
  commandId: 'C2',
  title: 'Printer out',
  expectedVersion: 1,
};
/** Another command, on whatever version there is. */
const anew = { commandId: 'C9', expectedVersion: null };
const remark = { type: 'AddComment' as const, ...envelope, commandId: 'C3', body: 'It burns' };

function after(head: TicketEvent | null, command: TicketCommand): TicketEvent {
  const decision = decide(head, command);
  if (decision.outcome !== 'append') {
    throw new Error(`${command.type} was to be accepted, not ${JSON.stringify(decision)}`);
  }
  return decision.event;
}
const created = after(null, creation);
const updated = after(created, update);
const commented = after(updated, remark);
const resolved = after(created, { ...update, status: 'RESOLVED' as const, role: 'agent' as const });
const row = ticketRow(commented.ticket);

function list(more: Partial<List>): List {
  return {
    filter: {},
    order: 'DESC',
    size: 20,
    page: { items: [], after: null, more: true },
    reads: 0,
    ...more,
  };
}

function page(...items: unknown[]) {
  return { items, nextToken: null };
}

function position(list: unknown[], after: string) {
  return Buffer.from(`${JSON.stringify(list)}\n${after}`).toString('base64');
}

const token = position(['DESC', null, null, null, null, null, null, null], row.changed);
/** With an emoji behind the first 1,000 characters. */
const longText = `${'字'.repeat(3000)}🔥? ${'字'.repeat(1000)}`;
const HALF = '\ud83d';

type Situation = Partial<HandlerContext>;
type Situations = Record<string, Situation>;

const throttled: Situation = {
  result: null,
  error: { message: 'slow down', type: 'DynamoDB:ProvisionedThroughputExceededException' },
};

const taken: Situation = {
  error: { message: 'The conditional request failed', type: 'DynamoDB:ConditionalCheckFailedException' },
};

/** What the stash has once a call of this number has tried to append the second event. */
function written(calls: number) {
  return { command: update, calls, call: 'append', version: 2 };
}

/** What a client may send for each field of an update and mean nothing. */
const nulls = {
  ...{ expectedVersion: null, title: null, description: null, status: null, priority: null, assignee: null },
  ...{ clear: null, addTags: null, removeTags: null, reason: null },
};

/** `bundle handler` → its situations. */
const SITUATIONS: Record<string, Situations> = {
  'Mutation.createTicket request': {
    'all fields': {
      arguments: {
        input: {
          id: 'T1',
          title: '  Drucker brennt 🔥 ',
          description: 'Öl',
          priority: 'HIGH',
          tags: ['Hot', 'hot '],
          assignee: 'bob',
          commandId: 'C1',
        },
      },
    },
    'a title alone': { arguments: { input: { title: 'x' } } },
    'null for each field': {
      arguments: {
        input: { title: 'x', description: null, priority: null, tags: null, assignee: null, id: null, commandId: null },
      },
    },
    'an emoji at the end of 10,000 characters': {
      arguments: { input: { id: 'T1', title: 'Why? 🔥', description: `${'x'.repeat(9998)}🔥`, commandId: 'C1' } },
    },
    'half an emoji at the end of 10,000 characters': {
      arguments: { input: { id: 'T1', title: 'x', description: `${'x'.repeat(9999)}${HALF}`, commandId: 'C1' } },
    },
    'more than 10,000 characters': {
      arguments: { input: { id: 'T1', title: 'x', description: 'x'.repeat(10_001), commandId: 'C1' } },
    },
    'spaces that Java does not trim, and controls that it does': {
      arguments: { input: { id: 'T1', title: '\u00a0\u3000x\u0007', tags: ['\ufeffa\u2003'], commandId: 'C1' } },
    },
  },
  'Mutation.createTicket response': { 'a ticket': { prev: { result: { ticket: created.ticket } } } },
  'Mutation.updateTicket request': {
    'a cleared field': {
      arguments: { input: { id: 'T1', clear: ['DESCRIPTION'], addTags: ['a'], removeTags: ['b'], commandId: 'C2' } },
    },
    'null for each field': { arguments: { input: { id: 'T1', ...nulls, commandId: 'C2' } } },
    'a field that is null and cleared': {
      arguments: { input: { id: 'T1', description: null, clear: ['DESCRIPTION'], commandId: 'C2' } },
    },
    'a field that is set and cleared': {
      arguments: { input: { id: 'T1', assignee: 'bob', clear: ['ASSIGNEE'], commandId: 'C2' } },
    },
    'half an emoji for a tag': { arguments: { input: { id: 'T1', addTags: ['hot', HALF], commandId: 'C2' } } },
  },
  'Mutation.updateTicket response': { 'a ticket': { prev: { result: { ticket: updated.ticket } } } },
  'Mutation.addComment request': {
    'a comment': { arguments: { input: { id: 'T1', body: ' spaces stay ', commandId: 'C3' } } },
    'a note': { arguments: { input: { id: 'T1', body: 'Ask Ö.', visibility: 'INTERNAL', commandId: 'C3' } } },
    'more than 1,000 characters': { arguments: { input: { id: 'T1', body: longText, commandId: 'C3' } } },
    'half an emoji behind 1,000 characters': {
      arguments: { input: { id: 'T1', body: `${longText}${HALF}?`, commandId: 'C3' } },
    },
    'half an emoji before another text': { arguments: { input: { id: 'T1', body: HALF, commandId: '\ude00' } } },
  },
  'Mutation.addComment response': { 'a ticket': { prev: { result: { ticket: commented.ticket } } } },
  'Mutation.publishTicketChange request': {
    'the projector': { identity: projector, env: { PROJECTOR_ROLE: 'projector' }, arguments: { change: { id: 'T1' } } },
    'another role': { identity: projector, env: { PROJECTOR_ROLE: 'another' }, arguments: { change: { id: 'T1' } } },
  },
  'Mutation.publishTicketChange response': { 'a change': { result: { id: 'T1' } }, 'a failure': throttled },
  'Query.ticket request': {
    'the view': { arguments: { id: 'T1' } },
    'an emoji for an id': { arguments: { id: '🔥?' } },
    'half an emoji for an id': { arguments: { id: HALF } },
  },
  'Query.ticket response': {
    'of the requester': { identity: requester, prev: { result: { ticket: commented.ticket } } },
    'of another': { identity: stranger, prev: { result: { ticket: commented.ticket } } },
    'of nobody': { prev: { result: { ticket: null } } },
  },
  'Query.tickets request': {
    'the default page': { arguments: { order: 'DESC', limit: 20 } },
    'no arguments': { arguments: {} },
    'null for each argument': { arguments: { filter: null, order: null, limit: null, nextToken: null } },
    'a token': { arguments: { order: 'DESC', limit: 1, nextToken: token } },
    'a token of another list': { arguments: { order: 'ASC', limit: 1, nextToken: token } },
    'a token that is not ours': { arguments: { order: 'ASC', limit: 1, nextToken: 'bm90IG91cnM=' } },
    'a token in the middle of rubbish': { arguments: { order: 'DESC', limit: 1, nextToken: `!${token}!` } },
    'a token below which is another line': { arguments: { order: 'DESC', limit: 1, nextToken: `${token}\n!` } },
    'too many': { arguments: { order: 'DESC', limit: 101 } },
    'a filter with a time of another zone': {
      arguments: { filter: { status: 'OPEN', updatedSince: '2026-01-01T02:00:00+02:00' }, order: 'DESC', limit: 20 },
    },
    'a filter from a whole second': {
      arguments: { filter: { updatedSince: '2026-01-01T00:00:00Z' }, order: 'DESC', limit: 20 },
    },
    'a filter from a millisecond': {
      arguments: { filter: { updatedSince: '2026-01-01T00:00:00.250Z' }, order: 'DESC', limit: 20 },
    },
    'a filter with an emoji': { arguments: { filter: { tag: ' Hot🔥? ', titleContains: '?' } } },
    'a filter with half an emoji': { arguments: { filter: { titleContains: `Why${HALF}` } } },
    'a requester, of their own': { identity: requester, arguments: { order: 'DESC', limit: 20 } },
  },
  'Query.tickets response': {
    'the last page': { stash: { list: list({}) } },
    'a page with more': { stash: { list: list({ page: { items: [row], after: row.changed, more: true } }) } },
  },
  'Query.ticketEvents request': { 'a history': { arguments: { id: 'T1' } } },
  'Query.ticketEvents response': {
    'a page': { prev: { result: { page: page() } } },
    'no such ticket': { prev: { result: { page: null } } },
  },
  'Subscription.onTicketChanged request': {
    'every ticket': { arguments: {} },
    'one ticket, to a requester': { identity: requester, arguments: { id: 'T1' } },
  },
  'Subscription.onTicketChanged response': {
    'every ticket': { arguments: {} },
    'null for each argument': { arguments: { id: null, status: null, assignee: null } },
    'one ticket, to a requester': { identity: requester, arguments: { id: 'T1' } },
    'what enters or leaves a status': { arguments: { status: 'OPEN', assignee: 'bob' } },
  },
  'Ticket.description request': { 'a ticket': { source: { id: 'T1', version: 1 } } },
  'Ticket.description response': {
    'a description': { prev: { result: { description: 'Öl' } } },
    'no description': { prev: { result: { description: null } } },
  },
  'Ticket.comments request': {
    'a page': { source: row, arguments: { limit: 20 } },
    'as of an old version': { source: { ...row, version: 1 }, arguments: { limit: null, nextToken: null } },
  },
  'Ticket.comments response': {
    'a page': { source: row, result: page({ version: 3, author: 'alice', body: 'It burns' }) },
    'a note, to a requester': {
      identity: requester,
      source: row,
      result: page({ version: 3, author: 'bob', body: 'Ask Ö.', visibility: 'INTERNAL' }),
    },
    'no comment': { source: row, result: page() },
    'a failure': throttled,
  },
  'Ticket.events request': {
    'a page': { source: row, arguments: { afterVersion: 1, limit: 20 } },
    'after the last': { source: row, arguments: { afterVersion: 3, limit: 20 } },
  },
  'Ticket.events response': {
    'a page': { source: row, result: page(created, updated, commented) },
    'a failure': throttled,
  },
  'steps/append request': {
    'the first call': { stash: { command: update }, prev: { result: {} } },
    'nothing more to do': { stash: { command: update }, prev: { result: { ticket: updated.ticket } } },
    'an event to look at': { stash: { command: update, calls: 2 }, prev: { result: { suspect: 2 } } },
    'a first event': { stash: { command: creation }, prev: { result: {} } },
    'a first event, after nothing': { stash: { command: creation }, prev: { result: null } },
    'a next event': { stash: { command: update }, prev: { result: { head: { event: created } } } },
    'cleared fields': {
      stash: { command: { ...update, ...anew, role: 'agent', clear: ['ASSIGNEE', 'DESCRIPTION'] } },
      prev: {
        result: { head: { event: after(created, { ...update, role: 'agent', description: 'Öl', assignee: 'bob' }) } },
      },
    },
    'null for each field': {
      stash: { command: { ...envelope, type: 'UpdateTicket', commandId: 'C9', ...nulls } },
      prev: { result: { head: { event: created } } },
    },
    'a repetition': { stash: { command: update }, prev: { result: { head: { event: updated } } } },
    'a stale version': {
      stash: { command: { ...update, commandId: 'C9' } },
      prev: { result: { head: { event: updated } } },
    },
    'no such ticket': { stash: { command: update }, prev: { result: { head: { event: null } } } },
    'a broken rule': { stash: { command: { ...creation, title: ' ' } }, prev: { result: {} } },
    'a field that is not for a requester': {
      stash: { command: { ...update, clear: ['ASSIGNEE'] } },
      prev: { result: { head: { event: created } } },
    },
    'a forbidden transition': {
      stash: { command: { ...update, ...anew, role: 'agent', status: 'IN_PROGRESS', assignee: null } },
      prev: { result: { head: resolved } },
    },
  },
  'steps/append response': {
    'the head': { stash: { command: update, calls: 1, call: 'readHead' }, result: page(updated) },
    'no such ticket': { stash: { command: update, calls: 1, call: 'readHead' }, result: page() },
    'the event': { stash: written(2), result: updated },
    'a faster writer': { ...taken, stash: written(2), result: updated },
    'a faster writer, whose event is not told': { ...taken, stash: written(2), result: null },
    'a faster writer, before the last call': { ...taken, stash: written(9), result: null },
    'a faster writer in the last call': { ...taken, stash: written(10), result: updated },
    'a faster writer in the last call, whose event is not told': { ...taken, stash: written(10), result: null },
    "the command's own event": { stash: { command: update, calls: 3, call: 'readEvent' }, result: updated },
    'another creation': {
      stash: { command: { ...creation, commandId: 'C9' }, calls: 2, call: 'readEvent' },
      result: created,
    },
    'another command with the same id': {
      stash: { command: { ...update, title: 'Other' }, calls: 3, call: 'readEvent' },
      result: updated,
    },
    'no event': { stash: { command: update, calls: 3, call: 'readEvent' }, result: null },
    'a failure': { ...throttled, stash: written(2) },
  },
  'steps/readList request': {
    'a first read': { stash: { list: list({}) } },
    'a read of an index': {
      stash: { list: list({ filter: { assignee: 'bob', tag: 'hot' }, order: 'ASC', reads: 1 }) },
    },
    'no more': { stash: { list: list({ page: { items: [], after: null, more: false } }) } },
  },
  'steps/readList response': {
    'no rows': { stash: { list: list({}) }, result: page() },
    'no more rows than the one before': {
      stash: { list: list({ page: { items: [], after: row.changed, more: true } }) },
      result: page(row),
    },
    'rows of a second that is whole': {
      stash: { list: list({ filter: { updatedSince: AT } }) },
      result: page(row, { ...row, updatedAt: '2025-12-31T23:59:59.999Z' }),
    },
    rows: { stash: { list: list({}) }, result: page(row) },
    'rows to sift': { stash: { list: list({ filter: { titleContains: 'PRINTER', tag: 'cold' } }) }, result: page(row) },
    'a failure': { ...throttled, stash: { list: list({}) } },
  },
  'steps/readView request': {
    'the view': { arguments: { id: 'T1' } },
    'a version': { arguments: { id: 'T1', version: 1 } },
  },
  'steps/readView response': { 'a row': { result: row }, 'no row': { result: null }, 'a failure': throttled },
  'steps/readVersion request': {
    'a version': { arguments: { id: 'T1', version: 1 }, prev: { result: { ticket: null } } },
    'the view': { arguments: { id: 'T1' }, prev: { result: { ticket: commented.ticket } } },
    'null for the version': { arguments: { id: 'T1', version: null }, prev: { result: { ticket: null } } },
  },
  'steps/readVersion response': {
    'an event': { result: created },
    'no event': { result: null },
    'a failure': throttled,
  },
  'steps/readDescription request': {
    'a ticket of a list': { source: { id: 'T1', version: 1, changed: row.changed } },
    'a ticket that brings it along': { source: { ...commented.ticket, description: 'Öl' } },
    'a ticket without': { source: commented.ticket },
  },
  'steps/readDescription response': {
    'an event': { result: created },
    'no event': { result: null },
    'a failure': throttled,
  },
  'steps/readEvents request': {
    'from the start': { arguments: { id: 'T1', limit: 20 } },
    'after a version': { arguments: { id: 'T1', afterVersion: 2, limit: 20 } },
  },
  'steps/readEvents response': {
    events: { arguments: { id: 'T1' }, result: page(created, updated, commented) },
    nothing: { arguments: { id: 'T1' }, result: page() },
    "another's": { identity: stranger, arguments: { id: 'T1' }, result: page(created) },
    'a failure': throttled,
  },
  'steps/ticketExists request': {
    'events were found': { arguments: { id: 'T1', afterVersion: 1 }, prev: { result: { page: page() } } },
    'none from the start': { arguments: { id: 'T1', afterVersion: null }, prev: { result: { page: null } } },
    'a page after the last': { arguments: { id: 'T1', afterVersion: 3 }, prev: { result: { page: null } } },
  },
  'steps/ticketExists response': {
    'it does': { result: created },
    'it does not': { result: null },
    'a failure': throttled,
  },
};

export const CASES: Case[] = Object.entries(SITUATIONS).flatMap(([key, situations]) => {
  const [bundle, handler] = key.split(' ') as [string, HandlerName];
  return Object.entries(situations).map(([situation, given]) => ({
    bundle,
    handler,
    situation,
    context: contextWith(given, bundle.includes('.') ? bundle : undefined),
  }));
});
