import fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDeployment } from '../../ops/deployment';
import { verify } from '../../ops/verify';
import { CREATE, post } from '../support/http';
import { RunningSystem } from '../support/system';

/** FUZZ_CASES=20000 for a long run. The seed is told when a case fails. */
const CASES = Number(process.env.FUZZ_CASES ?? 500);

const OPERATIONS = {
  create: 'mutation($input: CreateTicketInput!) { createTicket(input: $input) { id } }',
  update: 'mutation($input: UpdateTicketInput!) { updateTicket(input: $input) { id } }',
  comment: 'mutation($input: AddCommentInput!) { addComment(input: $input) { id } }',
  ticket: 'query($id: ID!, $version: Int) { ticket(id: $id, version: $version) { id } }',
  tickets: `query($filter: TicketFilter, $order: SortOrder, $limit: Int, $nextToken: String) {
    tickets(filter: $filter, order: $order, limit: $limit, nextToken: $nextToken) { nextToken } }`,
  events: `query($id: ID!, $afterVersion: Int, $limit: Int, $nextToken: String) {
    ticketEvents(id: $id, afterVersion: $afterVersion, limit: $limit, nextToken: $nextToken) { nextToken } }`,
};

/** What is no text at all, however it is nested, keyed or encoded. */
const nested = fc
  .integer({ min: 1, max: 200 })
  .map((depth): unknown => JSON.parse('{"a":'.repeat(depth) + '1' + '}'.repeat(depth)));
const noText = fc.oneof(
  nested,
  fc.constantFrom<unknown>(
    {},
    [{}],
    [[{ a: 1 }]],
    JSON.parse('{"__proto__":{"toString":1},"constructor":{"prototype":{}}}'),
  ),
);
const surrogate = fc
  .tuple(fc.string(), fc.constantFrom('\ud800', '\udbff', '\udc00', '\udfff'), fc.string())
  .map((parts) => parts.join(' '));

function longer(most: number) {
  return fc.integer({ min: most + 1, max: most * 20 }).map((length) => 'x'.repeat(length));
}

function badText(least: number, most: number) {
  return fc.oneof(noText, surrogate, longer(most), ...(least > 0 ? [fc.constant('')] : []));
}

const badTag = fc.oneof(fc.constantFrom<unknown>('', '   ', null, {}), longer(40), surrogate);
const badTags = fc.oneof(
  fc.array(badTag, { minLength: 1, maxLength: 5 }),
  fc.constant(Array.from({ length: 21 }, (_, i) => `tag ${i}`)),
);
const badClear = fc.oneof(
  fc.array(fc.constantFrom<unknown>('TITLE', 'description', null, {}), { minLength: 1, maxLength: 3 }),
  fc.constant(Array.from({ length: 11 }, () => 'DESCRIPTION')),
);
const badInt = fc.oneof(noText, fc.constantFrom<unknown>('one', 1.5, 2 ** 31, -(2 ** 40), [], true));
const badName = fc.oneof(
  noText,
  fc.string().filter((text) => !/^[A-Z_]+$/.test(text)),
  fc.constant('OPENED'),
);
const badPage = { limit: fc.oneof(badInt, fc.constantFrom(0, -1, 101, 2 ** 30)) };
const badToken = fc.oneof(noText, fc.string(), fc.base64String({ minLength: 4 }));

/** For each argument of the API what it can't be; the others are as they should be. */
const inputs: [operation: keyof typeof OPERATIONS, good: object, bad: Record<string, fc.Arbitrary<unknown>>][] = [
  [
    'create',
    { title: 'Never written' },
    {
      id: badText(1, 128),
      title: fc.oneof(badText(1, 200), fc.constantFrom(null, '   ')),
      description: badText(0, 10_000),
      priority: badName,
      tags: badTags,
      assignee: badText(1, 128),
      commandId: badText(1, 128),
      requester: fc.string(),
      actor: fc.string(),
    },
  ],
  [
    'update',
    { id: 'there' },
    {
      id: fc.oneof(badText(1, 128), fc.constant(null)),
      expectedVersion: badInt,
      title: fc.oneof(badText(1, 200), fc.constant('   ')),
      description: badText(0, 10_000),
      status: badName,
      priority: badName,
      assignee: badText(1, 128),
      clear: badClear,
      addTags: badTags,
      removeTags: fc.oneof(
        fc.array(badTag, { minLength: 1 }),
        fc.constant(Array.from({ length: 51 }, (_, i) => `tag ${i}`)),
      ),
      reason: badText(0, 1000),
      commandId: badText(1, 128),
    },
  ],
  [
    'comment',
    { id: 'there', body: 'x' },
    { id: badText(1, 128), body: fc.oneof(badText(1, 5000), fc.constant(null)), commandId: badText(1, 128) },
  ],
];
const filters = {
  status: badName,
  assignee: badText(1, 128),
  requester: badText(1, 128),
  priority: badName,
  tag: fc.oneof(
    badTag.filter((tag) => tag !== null),
    longer(40),
  ),
  titleContains: badText(1, 200),
  updatedSince: fc.oneof(noText, fc.string(), fc.constantFrom('yesterday', '2026-13-01T00:00:00Z')),
};

interface Case {
  argument: string;
  query: string;
  variables: Record<string, unknown>;
}

const cases = fc.oneof(
  ...inputs.flatMap(([operation, good, bad]) =>
    Object.entries(bad).map(([field, values]) =>
      values.map((value): Case => ({
        argument: `${operation}.${field}`,
        query: OPERATIONS[operation],
        variables: { input: { ...good, [field]: value } },
      })),
    ),
  ),
  ...Object.entries(filters).map(([field, values]) =>
    values.map((value): Case => ({
      argument: `tickets.filter.${field}`,
      query: OPERATIONS.tickets,
      variables: { filter: { [field]: value } },
    })),
  ),
  ...Object.entries({ order: badName, ...badPage, nextToken: badToken }).map(([name, values]) =>
    values.map((value): Case => ({
      argument: `tickets.${name}`,
      query: OPERATIONS.tickets,
      variables: { [name]: value },
    })),
  ),
  ...Object.entries({ id: badText(1, 128), version: badInt }).map(([name, values]) =>
    values.map((value): Case => ({
      argument: `ticket.${name}`,
      query: OPERATIONS.ticket,
      variables: { id: 'there', [name]: value },
    })),
  ),
  ...Object.entries({ id: badText(1, 128), afterVersion: badInt, ...badPage, nextToken: badToken }).map(
    ([name, values]) =>
      values.map((value): Case => ({
        argument: `ticketEvents.${name}`,
        query: OPERATIONS.events,
        variables: { id: 'there', [name]: value },
      })),
  ),
);

/** What AppSync itself says of a variable that is not what it is declared to be, and of a token that is not its own. */
const OF_APPSYNC = /^Variable|^Validation error|Invalid pagination token/;

let system: RunningSystem;
let data: string;
beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'bad-input-'));
  system = await RunningSystem.start({ data });
  await post(system.graphqlUrl, CREATE, { input: { id: 'there', title: 'There' } });
});
afterAll(async () => {
  await system?.stop();
  rmSync(data, { recursive: true });
});

test(`${CASES} bad inputs, on each argument: a typed error each, and nothing written`, async () => {
  await fc.assert(
    fc.asyncProperty(cases, async ({ argument, query, variables }) => {
      const { errors = [] } = await post(system.graphqlUrl, query, variables);
      const told = errors.map(({ errorType, message, errorInfo }) => ({ argument, errorType, message, errorInfo }));
      expect(told).not.toEqual([]);
      for (const { errorType, message, errorInfo } of told) {
        if (errorType === 'ValidationError' && errorInfo) {
          expect(errorInfo).toEqual({ field: argument.split('.').at(-1), rule: expect.any(String) });
        } else {
          expect(message).toMatch(OF_APPSYNC);
        }
        expect(message).not.toMatch(/\n\s+at |node_modules/);
      }
    }),
    { numRuns: CASES },
  );
  expect(await verify(openDeployment({ data }))).toMatchObject({ events: 1, tickets: 1, differences: 0 });
}, 900_000);

const TEXT = 'x'.repeat(1_000_000);
const LIST = Array.from({ length: 250_000 }, () => 't');

/** Each argument that is a text or a list, at 1 MB. */
const large: [argument: string, query: string, variables: object][] = [
  ...(['id', 'title', 'description', 'assignee', 'commandId'] as const).flatMap((field): [string, string, object][] => [
    [`create.${field}`, OPERATIONS.create, { input: { title: 'x', [field]: TEXT } }],
    [`update.${field}`, OPERATIONS.update, { input: { id: 'there', [field]: TEXT } }],
  ]),
  ['create.tags', OPERATIONS.create, { input: { title: 'x', tags: LIST } }],
  ['create.tags', OPERATIONS.create, { input: { title: 'x', tags: [' '.repeat(1_000_000)] } }],
  ['update.addTags', OPERATIONS.update, { input: { id: 'there', addTags: LIST } }],
  ['update.removeTags', OPERATIONS.update, { input: { id: 'there', removeTags: LIST } }],
  ['update.clear', OPERATIONS.update, { input: { id: 'there', clear: LIST.slice(0, 90_000).map(() => 'ASSIGNEE') } }],
  ['update.reason', OPERATIONS.update, { input: { id: 'there', reason: TEXT } }],
  ...(['id', 'body', 'commandId'] as const).map((field): [string, string, object] => [
    `comment.${field}`,
    OPERATIONS.comment,
    { input: { id: 'there', body: 'x', [field]: TEXT } },
  ]),
  ['ticket.id', OPERATIONS.ticket, { id: TEXT }],
  ...(['assignee', 'requester', 'tag', 'titleContains'] as const).map((field): [string, string, object] => [
    `tickets.filter.${field}`,
    OPERATIONS.tickets,
    { filter: { [field]: TEXT } },
  ]),
  ['tickets.nextToken', OPERATIONS.tickets, { nextToken: TEXT }],
  ['ticketEvents.id', OPERATIONS.events, { id: TEXT }],
  ['ticketEvents.nextToken', OPERATIONS.events, { id: 'there', nextToken: TEXT }],
];

/** How long another caller may wait: 200 ms, and five times that on a machine that has more to do. */
const WAIT_MS = 5 * 200;
/** What takes long because of the argument takes long each time. */
const TRIES = 3;

/** The longest that another caller waits for an answer while the argument is looked at, in milliseconds. */
async function waitBeside(query: string, variables: object): Promise<number> {
  let isAnswered = false;
  const refused = post(system.graphqlUrl, query, { ...variables }).finally(() => (isAnswered = true));
  let longest = 0;
  while (!isAnswered) {
    const begin = performance.now();
    await post(system.graphqlUrl, OPERATIONS.ticket, { id: 'there' });
    longest = Math.max(longest, performance.now() - begin);
  }
  const { errors } = await refused;
  expect(errors).toEqual([expect.objectContaining({ errorType: 'ValidationError' })]);
  return longest;
}

test.each(large)('%s of 1 MB is refused, and meanwhile another caller is answered', async (_, query, variables) => {
  const waits: number[] = [];
  for (let tries = 0; tries < TRIES && !(Math.min(...waits) < WAIT_MS); tries += 1) {
    waits.push(await waitBeside(query, variables));
  }
  expect(Math.min(...waits)).toBeLessThan(WAIT_MS);
});
