import { decide } from '../../domain/decide';
import type { TicketEvent } from '../../domain/events';
import { ticketRow } from '../../domain/view';
import type { HandlerContext, HandlerName } from '../../local/realm/realm';
import type { List } from '../../resolvers/shared/list';

/** A context for a handler of a bundle: what AppSync would hand it in one situation. */
export interface Case {
  bundle: string;
  handler: HandlerName;
  situation: string;
  context: HandlerContext;
}

const AT = '2026-01-01T00:00:00.000Z';

const user = (username: string, groups: string[] | null) => ({
  sub: `sub-of-${username}`,
  issuer: 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_pool',
  username,
  claims: { sub: `sub-of-${username}`, username, token_use: 'access', ...(groups ? { 'cognito:groups': groups } : {}) },
  groups,
  sourceIp: ['192.0.2.1'],
  defaultAuthStrategy: 'ALLOW',
});
const agent = user('bob', ['agents']);
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
const remark = { type: 'AddComment' as const, ...envelope, commandId: 'C3', body: 'It burns' };

function after(head: TicketEvent | null, command: Parameters<typeof decide>[1]): TicketEvent {
  const decision = decide(head, command);
  if (decision.outcome !== 'append') {
    throw new Error(`${command.type} was to be accepted, not ${JSON.stringify(decision)}`);
  }
  return decision.event;
}
const created = after(null, creation);
const updated = after(created, update);
const commented = after(updated, remark);
const row = ticketRow(commented.ticket);
const list = (more: Partial<List>): List => ({
  filter: {},
  order: 'DESC',
  size: 20,
  page: { items: [], after: null, more: true },
  reads: 0,
  ...more,
});
const page = (...items: unknown[]) => ({ items, nextToken: null });

type Situation = Partial<HandlerContext>;
type Situations = Record<string, Situation>;

const throttled: Situation = {
  result: null,
  error: { message: 'slow down', type: 'DynamoDB:ProvisionedThroughputExceededException' },
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
  },
  'Mutation.createTicket response': { 'a ticket': { prev: { result: created.ticket } } },
  'Mutation.updateTicket request': {
    'a cleared field': {
      arguments: { input: { id: 'T1', description: null, addTags: ['a'], removeTags: ['b'], commandId: 'C2' } },
    },
  },
  'Mutation.updateTicket response': { 'a ticket': { prev: { result: updated.ticket } } },
  'Mutation.addComment request': {
    'a comment': { arguments: { input: { id: 'T1', body: ' spaces stay ', commandId: 'C3' } } },
  },
  'Mutation.addComment response': { 'a ticket': { prev: { result: commented.ticket } } },
  'Mutation.publishTicketChange request': {
    'the projector': { identity: projector, env: { PROJECTOR_ROLE: 'projector' }, arguments: { change: { id: 'T1' } } },
    'another role': { identity: projector, env: { PROJECTOR_ROLE: 'another' }, arguments: { change: { id: 'T1' } } },
  },
  'Mutation.publishTicketChange response': { 'a change': { result: { id: 'T1' } }, 'a failure': throttled },
  'Query.ticket request': { 'the view': { arguments: { id: 'T1' } } },
  'Query.ticket response': {
    'of the requester': { identity: requester, prev: { result: row } },
    'of another': { identity: stranger, prev: { result: row } },
    'of nobody': { prev: { result: null } },
  },
  'Query.tickets request': {
    'the default page': { arguments: { order: 'DESC', limit: 20 } },
    'a token of another list': { arguments: { order: 'ASC', limit: 1, nextToken: 'bm90IG91cnM=' } },
    'too many': { arguments: { order: 'DESC', limit: 101 } },
    'a filter with a time of another zone': {
      arguments: { filter: { status: 'OPEN', updatedSince: '2026-01-01T02:00:00+02:00' }, order: 'DESC', limit: 20 },
    },
    'a requester, of their own': { identity: requester, arguments: { order: 'DESC', limit: 20 } },
  },
  'Query.tickets response': {
    'the last page': { stash: { list: list({}) } },
    'a page with more': { stash: { list: list({ page: { items: [row], after: row.changed, more: true } }) } },
  },
  'Query.ticketEvents request': { 'a history': { arguments: { id: 'T1' } } },
  'Query.ticketEvents response': { 'a page': { prev: { result: page() } } },
  'Subscription.onTicketChanged request': {
    'every ticket': { arguments: {} },
    'one ticket, to a requester': { identity: requester, arguments: { id: 'T1' } },
  },
  'Subscription.onTicketChanged response': {
    'every ticket': { arguments: {} },
    'one ticket, to a requester': { identity: requester, arguments: { id: 'T1' } },
    'what enters or leaves a status': { arguments: { status: 'OPEN', assignee: 'bob' } },
  },
  'Ticket.description request': {
    'a ticket of a list': { source: { id: 'T1', version: 1 } },
    'a ticket that brings it along': { source: { ...row, description: 'Öl' } },
  },
  'Ticket.description response': {
    'an event': { result: created },
    'no event': { result: null },
    'a failure': throttled,
  },
  'Ticket.comments request': { 'a page': { source: row, arguments: { limit: 20 } } },
  'Ticket.comments response': {
    'a page': { result: page({ version: 3, author: 'alice', body: 'It burns' }) },
    'a failure': throttled,
  },
  'Ticket.events request': {
    'a page': { source: row, arguments: { afterVersion: 1, limit: 20 } },
    'after the last': { source: row, arguments: { afterVersion: 3, limit: 20 } },
  },
  'Ticket.events response': { 'a page': { result: page(created, updated, commented) }, 'a failure': throttled },
  'steps/append request': {
    'a first event': { stash: { command: creation }, prev: { result: null } },
    'a next event': { stash: { command: update }, prev: { result: created } },
    'a repetition': { stash: { command: update }, prev: { result: updated } },
    'a stale version': { stash: { command: { ...update, commandId: 'C9' } }, prev: { result: updated } },
    'no such ticket': { stash: { command: update }, prev: { result: null } },
    'a broken rule': { stash: { command: { ...creation, title: ' ' } }, prev: { result: null } },
    'a forbidden transition': {
      stash: { command: { ...update, expectedVersion: null, status: 'OPEN', assignee: null } },
      prev: { result: created },
    },
  },
  'steps/append response': {
    'the event': { stash: { command: update }, result: updated },
    'a faster writer': {
      stash: { command: { ...update, commandId: 'C9' } },
      result: updated,
      error: { message: 'The conditional request failed', type: 'DynamoDB:ConditionalCheckFailedException' },
    },
    'a failure': { ...throttled, stash: { command: update } },
  },
  'steps/readHead request': { 'a ticket': { stash: { command: update } } },
  'steps/readHead response': {
    'a head': { result: page(updated) },
    'no such ticket': { result: page() },
    'a failure': throttled,
  },
  'steps/readList request': {
    'a first read': { stash: { list: list({}) } },
    'a read of an index': {
      stash: { list: list({ filter: { assignee: 'bob', tag: 'hot' }, order: 'ASC', reads: 1 }) },
    },
    'no more': { stash: { list: list({ page: { items: [], after: null, more: false } }) } },
  },
  'steps/readList response': {
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
    'a version': { arguments: { id: 'T1', version: 1 }, prev: { result: null } },
    'the view': { arguments: { id: 'T1' }, prev: { result: row } },
  },
  'steps/readVersion response': {
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
    'events were found': { arguments: { id: 'T1', afterVersion: 1 }, prev: { result: page() } },
    'a page after the last': { arguments: { id: 'T1', afterVersion: 3 }, prev: { result: null } },
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
    context: contextOf(bundle, given),
  }));
});

/** An agent asks, unless the situation says otherwise. */
function contextOf(bundle: string, given: Situation): HandlerContext {
  const [parentTypeName, fieldName] = bundle.includes('.')
    ? (bundle.split('.') as [string, string])
    : ['Query', 'ticket'];
  return {
    arguments: {},
    identity: agent,
    source: null,
    request: { headers: {}, domainName: null },
    info: { fieldName, parentTypeName, variables: {}, selectionSetList: ['id'], selectionSetGraphQL: '{ id }' },
    stash: {},
    prev: null,
    env: {},
    ...given,
  };
}
