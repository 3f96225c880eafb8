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

test(`${CASES} bad inputs, on each argument: a typed error each, and nothing written`, async () => {
  const data = mkdtempSync(join(tmpdir(), 'bad-input-'));
  const system = await RunningSystem.start({ data });
  try {
    await post(system.graphqlUrl, CREATE, { input: { id: 'there', title: 'There' } });
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
  } finally {
    await system.stop();
    rmSync(data, { recursive: true });
  }
}, 900_000);
