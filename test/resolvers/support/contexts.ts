import fc from 'fast-check';
import type { TicketCommand } from '../../../domain/commands';
import { decide } from '../../../domain/decide';
import type { TicketEvent } from '../../../domain/events';
import { commentRow, ticketRow } from '../../../domain/view';
import type { HandlerContext, HandlerName } from 'local-appsync/appsync-js';

/** Random contexts for a handler: what AppSync may hand it, well meant or not. */
export type Contexts = fc.Arbitrary<Partial<HandlerContext>>;

const AT = '2026-01-01T00:00:00.000Z';

function user(username: string, groups: string[]) {
  return {
    sub: username,
    issuer: 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_pool',
    username,
    claims: { username, ...(groups.length > 0 ? { 'cognito:groups': groups } : {}) },
    groups,
    sourceIp: ['192.0.2.1'],
    defaultAuthStrategy: 'ALLOW',
  };
}

function role(name: string) {
  return {
    accountId: '111122223333',
    userArn: `arn:aws:sts::111122223333:assumed-role/${name}/session`,
    username: 'AROA:session',
    sourceIp: ['192.0.2.1'],
  };
}

const identity = fc.constantFrom(
  null,
  user('alice', []),
  user('mallory', []),
  user('bob', ['agents']),
  role('projector'),
);

/** Absent, null, or a value: what `input: { field: $variable }` can come to. */
function maybe<T>(value: fc.Arbitrary<T>) {
  return fc.option(fc.option(value, { nil: null }), { nil: undefined });
}

function fields<T extends Record<string, fc.Arbitrary<unknown>>>(all: T) {
  return fc.record(all).map((record) => JSON.parse(JSON.stringify(record)) as Record<string, unknown>);
}

const text = fc.constantFrom(
  ...[
    '',
    '?',
    'Hello?',
    '🔥',
    'a🔥?',
    ' padded ',
    '\u00a0nbsp\u3000',
    '\u0007bell',
    'line\nfeed',
    'null',
    '漢'.repeat(10_000),
  ],
  ...[
    `${'x'.repeat(1500)}🔥`,
    `${'x'.repeat(9_999)}\ud800`,
    '\udc00',
    'Printer on fire',
    'x'.repeat(201),
    `${' '.repeat(800)}x`,
  ],
);
const person = fc.constantFrom('alice', 'bob', 'mallory', '', '\ud800', '😀');
const id = fc.constantFrom('T1', 'T2', '', '漢字', '\ud800', 'x'.repeat(129));
const commandId = fc.constantFrom('C0', 'C1', 'C2', 'C9', '', '\ud83d');
const tags = fc.oneof(
  fc.array(fc.constantFrom('hot', 'Hot ', 'wet', '\u00a0wet', '🔥', '', '\ud800', 'x'.repeat(41)), { maxLength: 4 }),
  fc.constantFrom(15, 20, 21, 50, 51, 1001).map((count) => Array.from({ length: count }, (_, i) => `tag${i}`)),
);
const status = fc.constantFrom('OPEN', 'IN_PROGRESS', 'ON_HOLD', 'RESOLVED', 'CLOSED');
const priority = fc.constantFrom('LOW', 'MEDIUM', 'HIGH', 'URGENT');
const version = fc.integer({ min: -1, max: 12 });
const limit = fc.constantFrom(-1, 0, 1, 20, 100, 101);
const time = fc.constantFrom(AT, '2026-01-01T00:00:00Z', '2026-01-01T02:00+02:00', '2025-12-31T23:59:59.999Z');
const order = fc.constantFrom('ASC', 'DESC');

function base64(content: string) {
  return Buffer.from(content).toString('base64');
}

const token = fc.oneof(
  fc.constantFrom('', 'rubbish!', 'bm90IG91cnM=', 'x'.repeat(9000), `!!${base64('x')}!!`),
  // Lists without a filter, from a place in them and from one outside.
  fc
    .tuple(order, fc.constantFrom(`${AT}#T1`, '', '\u007f'))
    .map(([direction, after]) => base64(`${JSON.stringify([direction, ...Array<null>(7).fill(null)])}\n${after}`)),
);

const create = fields({
  id: maybe(id),
  title: text,
  description: maybe(text),
  priority: maybe(priority),
  tags: maybe(tags),
  assignee: maybe(person),
  commandId: maybe(commandId),
});
const update = fields({
  id,
  expectedVersion: maybe(version),
  ...{ title: maybe(text), description: maybe(text), status: maybe(status), priority: maybe(priority) },
  ...{ assignee: maybe(person), clear: maybe(fc.array(fc.constantFrom('DESCRIPTION', 'ASSIGNEE'), { maxLength: 3 })) },
  ...{ addTags: maybe(tags), removeTags: maybe(tags), reason: maybe(text), commandId: maybe(commandId) },
});
const visibility = fc.constantFrom('PUBLIC', 'INTERNAL');
const comment = fields({ id, body: text, visibility: maybe(visibility), commandId: maybe(commandId) });
const filter = fields({
  ...{ status: maybe(status), assignee: maybe(person), requester: maybe(person), priority: maybe(priority) },
  ...{ tag: maybe(fc.constantFrom('Hot', '', '\ud800')), titleContains: maybe(text), updatedSince: maybe(time) },
});
const caller = {
  agent: { actor: 'bob', role: 'agent' as const },
  alice: { actor: 'alice', role: 'requester' as const },
};
const envelope = fc
  .tuple(fc.constantFrom(caller.agent, caller.alice), commandId)
  .map(([who, command]) => ({ ticketId: 'T1', commandId: command, at: AT, ...who }));

const command: fc.Arbitrary<TicketCommand> = fc
  .oneof(
    create.map((input) => ({ type: 'CreateTicket', ...input })),
    update.map((input) => ({ type: 'UpdateTicket', ...input })),
    comment.map((input) => ({ type: 'AddComment', ...input })),
  )
  .chain((input) => envelope.map((each) => ({ ...input, ...each }) as TicketCommand));

/** Events of a ticket of alice's, as they came out of the commands that were accepted. */
const history: fc.Arbitrary<TicketEvent[]> = fc.array(command, { maxLength: 6 }).map((commands) => {
  const first: TicketCommand = {
    type: 'CreateTicket',
    title: 'First',
    ticketId: 'T1',
    commandId: 'C0',
    at: AT,
    ...caller.alice,
  };
  const events: TicketEvent[] = [];
  for (const each of [first, ...commands]) {
    const decision = decide(events.at(-1) ?? null, each);
    if (decision.outcome === 'append') {
      events.push(decision.event);
    }
  }
  return events;
});
const event = history.chain((events) => fc.constantFrom(...events));
const maybeEvent = fc.option(event, { nil: null });
const row = event.map(({ ticket }) => ticketRow(ticket));
const listed = row.map(({ description: _kept, ...rest }) => rest);
const nextToken = fc.constantFrom(null, 'a token of DynamoDB');
const eventPage = fc.record({ items: history, nextToken });
const list = fc.record({
  filter,
  order,
  size: fc.constantFrom(1, 3, 20),
  page: fc.record({
    items: fc.array(listed, { maxLength: 3 }),
    after: fc.constantFrom(null, `${AT}#T1`),
    more: fc.boolean(),
  }),
  reads: fc.integer({ min: 0, max: 6 }),
});

const failure = fc.constantFrom(
  { message: 'slow down', type: 'DynamoDB:ProvisionedThroughputExceededException' },
  { message: 'no such token', type: 'DynamoDB:UserIllegalArgumentException' },
);
const CONDITION_FAILED = {
  message: 'The conditional request failed',
  type: 'DynamoDB:ConditionalCheckFailedException',
};

function args(all: fc.Arbitrary<Record<string, unknown>>): Contexts {
  return fc.record({ identity, arguments: all });
}

function input(all: fc.Arbitrary<Record<string, unknown>>) {
  return args(all.map((each) => ({ input: each })));
}

function before(result: fc.Arbitrary<unknown>): Contexts {
  return fc.record({ identity, prev: fc.record({ result }) });
}

/** What a data source answers: now and then it fails. */
function answered(result: fc.Arbitrary<unknown>, more: Contexts = fc.constant({})): Contexts {
  return fc
    .tuple(
      identity,
      more,
      fc.oneof(
        { weight: 4, arbitrary: result.map((each) => ({ result: each })) },
        failure.map((error) => ({ result: null, error })),
      ),
    )
    .map(([who, context, answer]) => ({ identity: who, ...context, ...answer }));
}

const oneTicket = fields({ id, version: maybe(version) });
/** Of pages of T1's, and of what is none. */
const pageToken = fc
  .tuple(fc.constantFrom('ticketEvents', 'events', 'comments'), fc.constantFrom('1', '7', '0', 'x', ''))
  .map(([paged, position]) => Buffer.from(`${JSON.stringify([paged, 'T1'])}\n${position}`).toString('base64'));
const versionToken = fc.oneof(pageToken, nextToken);
const events = fields({ id, afterVersion: maybe(version), limit: maybe(limit), nextToken: maybe(versionToken) });
const someTickets = fields({
  filter: maybe(filter),
  order: maybe(order),
  limit: maybe(limit),
  nextToken: maybe(token),
});
const nested = fields({ afterVersion: maybe(version), limit: maybe(limit), nextToken: maybe(versionToken) });
const subscribed = fields({ id: maybe(id), status: maybe(status), assignee: maybe(person), requester: maybe(person) });
const source = fc.oneof(
  row,
  listed,
  event.map(({ ticket }) => ticket),
);
const sourced = source.map((each) => ({ source: each }));
const ofSource = fc.record({ identity, source, arguments: nested }) as Contexts;
/** What comes behind append, which refuses longer lists: AppSync goes over 1,000 elements and no further (L1). */
const accepted = command.filter((each) =>
  Object.values(each).every((value) => !Array.isArray(value) || value.length <= 50),
);
const commanded = command.map((each) => ({ stash: { command: each } }));
const calls = fc.integer({ min: 0, max: 9 });
/** What a step finds in the stash after its call. */
function called(call: string, by: fc.Arbitrary<TicketCommand>) {
  return fc
    .tuple(by, version, fc.integer({ min: 1, max: 10 }))
    .map(([each, at, count]) => ({ stash: { command: each, version: at, calls: count, call } }));
}
const withTicket = event.map(({ ticket }) => ({ ticket }));
const progress = fc.oneof(
  fc.constantFrom(null, {}),
  maybeEvent.map((head) => ({ head: { event: head } })),
  withTicket,
  fc.record({ suspect: fc.integer({ min: 1, max: 9 }) }),
);
const foundTicket = maybeEvent.map((each) => ({ ticket: each && each.ticket }));
const foundPage = fc.option(eventPage, { nil: null }).map((page) => ({ page }));
const comments = history
  .map((all) => ({ items: all.flatMap((each) => commentRow(each) ?? []) }))
  .chain((page) => nextToken.map((token) => ({ ...page, nextToken: token })));

/** `bundle handler` → its contexts. */
export const CONTEXTS: Record<`${string} ${HandlerName}`, Contexts> = {
  'Mutation.createTicket request': input(create),
  'Mutation.createTicket response': before(withTicket),
  'Mutation.updateTicket request': input(update),
  'Mutation.updateTicket response': before(withTicket),
  'Mutation.addComment request': input(comment),
  'Mutation.addComment response': before(withTicket),
  'Mutation.publishTicketChange request': fc.record({
    identity: fc.constantFrom(role('projector'), role('another')),
    env: fc.constant({ PROJECTOR_ROLE: 'projector' }),
    arguments: fc.constant({ change: { id: 'T1', version: 1 } }),
  }),
  'Mutation.publishTicketChange response': answered(fc.constant({ id: 'T1', version: 1 })),
  'Query.ticket request': args(oneTicket),
  'Query.ticket response': before(foundTicket),
  'Query.tickets request': args(someTickets),
  'Query.tickets response': list.map((each) => ({ stash: { list: each } })),
  'Query.ticketEvents request': args(events),
  'Query.ticketEvents response': before(foundPage),
  'Subscription.onTicketChanged request': args(subscribed),
  'Subscription.onTicketChanged response': args(subscribed),
  'Ticket.description request': ofSource,
  'Ticket.description response': before(
    source.map((each) => ('description' in each ? { description: each.description } : {})),
  ),
  'Ticket.comments request': ofSource,
  'Ticket.comments response': answered(comments, sourced),
  'Ticket.events request': ofSource,
  'Ticket.events response': answered(eventPage, sourced),
  'steps/append request': fc
    .tuple(commanded, calls, progress)
    .map(([{ stash }, done, result]) => ({ stash: { ...stash, calls: done }, prev: { result } })),
  'steps/append response': fc.oneof(
    answered(event, called('append', command)),
    answered(maybeEvent, called('readEvent', accepted)),
    answered(
      maybeEvent.map((head) => ({ items: head ? [head] : [], nextToken: null })),
      called('readHead', command),
    ),
    fc
      .tuple(called('append', accepted), maybeEvent)
      .map(([context, result]) => ({ ...context, result, error: CONDITION_FAILED })),
  ),
  'steps/readList request': list.map((each) => ({ stash: { list: each } })),
  'steps/readList response': answered(
    fc.record({ items: fc.array(listed, { maxLength: 5 }), nextToken }),
    list.map((each) => ({ stash: { list: each } })),
  ),
  'steps/readView request': args(oneTicket),
  'steps/readView response': answered(fc.option(row, { nil: null })),
  'steps/readVersion request': fc
    .tuple(args(oneTicket), foundTicket)
    .map(([context, result]) => ({ ...context, prev: { result } })),
  'steps/readVersion response': answered(maybeEvent),
  'steps/readEvents request': args(events),
  'steps/readEvents response': answered(eventPage, args(events)),
  'steps/ticketExists request': fc
    .tuple(args(events), foundPage)
    .map(([context, result]) => ({ ...context, prev: { result } })),
  'steps/ticketExists response': answered(maybeEvent),
  'steps/readDescription request': ofSource,
  'steps/readDescription response': answered(maybeEvent),
};
