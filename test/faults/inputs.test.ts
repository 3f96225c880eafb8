import fc from 'fast-check';
import { RunningSystem } from '../support/system';

/** How many bad inputs: FUZZ_CASES=20000 for a long run. The seed is told when one fails. */
const CASES = Number(process.env.FUZZ_CASES ?? 1000);
const KEY = { 'x-api-key': 'da2-local' };
const SECRET = 'words-of-a-ticket';
const TYPES =
  /^(ValidationError|TicketNotFound|VersionConflict|InvalidTransition|CommandIdReused|Unauthorized|Malformed.*|RequestEntityTooLarge.*)$/;
const INSIDES = /\n\s+at |node_modules|\/local\/[\w/-]+\.(ts|cjs)|\.ts:\d+|InternalFailure/;

const deep = (levels: number) => JSON.parse('['.repeat(levels) + ']'.repeat(levels)) as unknown;
const wrongText = fc.constantFrom<unknown>({}, [{}], true, 1.5, deep(50), { toString: 'x' });
const wrongInt = fc.constantFrom<unknown>('1', 1.5, 2 ** 31, -(2 ** 40), true, {}, [[]]);
const wrongEnum = fc.constantFrom<unknown>('open', 'constructor', '__proto__', 7, {}, '');
const tooLong = (most: number) => fc.integer({ min: 1, max: 5000 }).map((more) => SECRET + 'x'.repeat(most + more));
const half = fc.constantFrom('\ud800', 'x\udfffx', '\udc00\ud800');
const text = (most: number) => fc.oneof(wrongText, tooLong(most), half);
const id = fc.oneof(wrongText, tooLong(128), half, fc.constantFrom('', null));
const tags = fc.oneof(
  fc.constantFrom<unknown>([''], [' '], [null], [['x']], {}, ['\ud800']),
  fc.integer({ min: 21, max: 200 }).map((n) => Array.from({ length: n }, (_, i) => `tag${i}`)),
  tooLong(40).map((tag) => [tag]),
);
const token = fc.oneof(wrongText, fc.string({ unit: 'binary', minLength: 1 }), fc.base64String({ minLength: 4 }));
const limit = fc.oneof(wrongInt, fc.constantFrom(0, -1, 101, 2 ** 31 - 1));
const time = fc.constantFrom<unknown>('yesterday', '2026-01-01', '2026-13-01T00:00:00Z', '', 5, {});

/** What each argument must refuse, by the field and the type of its input. */
const BAD: Record<string, [input: string | null, good: object, bad: Record<string, fc.Arbitrary<unknown>>]> = {
  createTicket: [
    'CreateTicketInput',
    { title: SECRET },
    {
      id: fc.oneof(wrongText, tooLong(128), half, fc.constant('')),
      title: fc.oneof(text(200), fc.constantFrom('', ' ', null)),
      description: text(10_000),
      priority: wrongEnum,
      tags,
      assignee: text(128),
      commandId: text(128),
    },
  ],
  updateTicket: [
    'UpdateTicketInput',
    { id: 'absent' },
    {
      id,
      expectedVersion: wrongInt,
      title: text(200),
      description: text(10_000),
      status: wrongEnum,
      priority: wrongEnum,
      assignee: text(128),
      addTags: fc.oneof(
        wrongText,
        tooLong(40).map((tag) => [tag]),
      ),
      removeTags: tags.filter((t) => !Array.isArray(t) || t.length < 21),
      reason: text(1000),
      commandId: text(128),
    },
  ],
  addComment: [
    'AddCommentInput',
    { id: 'absent', body: SECRET },
    { id, body: fc.oneof(text(5000), fc.constant('')), commandId: text(128) },
  ],
  ticket: [null, { id: 'absent' }, { id, version: wrongInt }],
  ticketEvents: [null, { id: 'absent' }, { id, afterVersion: wrongInt, limit, nextToken: token }],
  tickets: [
    null,
    {},
    {
      limit,
      nextToken: token,
      order: wrongEnum,
      filter: fc.oneof(
        fc.constantFrom<unknown>('x', true, [[]], { toString: 'x' }),
        fc.record({ status: wrongEnum }),
        fc.record({ tag: text(40) }),
        fc.record({ titleContains: text(200) }),
        fc.record({ requester: text(128) }),
        fc.record({ updatedSince: time }),
      ),
    },
  ],
};
const ARGUMENTS: Record<string, string> = {
  ticket: 'id: ID!, version: Int',
  ticketEvents: 'id: ID!, afterVersion: Int, limit: Int, nextToken: String',
  tickets: 'filter: TicketFilter, order: SortOrder, limit: Int, nextToken: String',
};
const SELECTION: Record<string, string> = { ticketEvents: '{ nextToken }', tickets: '{ nextToken }' };

/** A request with one bad argument, once or under many aliases. */
const badArgument = fc.constantFrom(...Object.keys(BAD)).chain((field) => {
  const [input, good, bad] = BAD[field]!;
  const strange = fc.constantFrom('__proto__', 'constructor', 'toString', 'actor', 'requester', '$where');
  const key = input
    ? fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...Object.keys(bad)) }, strange)
    : fc.constantFrom(...Object.keys(bad));
  return key.chain((name) =>
    fc
      .tuple(bad[name] && Object.hasOwn(bad, name) ? bad[name] : fc.constant({ x: 1 }), fc.constantFrom(1, 1, 1, 20))
      .map(([value, aliases]) => {
        // Written by hand: an object literal would take __proto__ for its prototype.
        const entries = Object.entries(good).filter(([other]) => other !== name);
        const args = `{${[...entries, [name, value]].map(([k, v]) => `${JSON.stringify(k)}:${JSON.stringify(v)}`).join(',')}}`;
        const given = input
          ? '$input: ' + input + '!'
          : ARGUMENTS[field]!.split(', ')
              .map((each) => `$${each}`)
              .join(', ');
        const passed = input
          ? 'input: $input'
          : ARGUMENTS[field]!.split(', ')
              .map((each) => `${each.split(':')[0]}: $${each.split(':')[0]}`)
              .join(', ');
        const fields = Array.from(
          { length: aliases },
          (_, i) => `a${i}: ${field}(${passed}) ${SELECTION[field] ?? '{ id }'}`,
        );
        const query = `${input ? 'mutation' : 'query'} (${given}) { ${fields.join(' ')} }`;
        return Buffer.from(`{"query":${JSON.stringify(query)},"variables":${input ? `{"input":${args}}` : args}}`);
      }),
  );
});
/** A good request whose bytes are no UTF-8, or that is cut off. */
const badBytes = fc.tuple(fc.integer({ min: 0x80, max: 0xff }), fc.integer({ min: 1, max: 40 })).map(([byte, cut]) => {
  const body = Buffer.from(
    JSON.stringify({ query: `mutation { createTicket(input: { title: "${SECRET} ?" }) { id } }` }),
  );
  return cut % 2 ? Buffer.from(body.map((each) => (each === 0x3f ? byte : each))) : body.subarray(0, body.length - cut);
});

describe('a bad input', () => {
  let system: RunningSystem;
  beforeAll(async () => (system = await RunningSystem.start()));
  afterAll(() => system.stop());

  test('gets a typed error, writes nothing, and shows neither our insides nor its own words in the log', async () => {
    const send = async (body: Buffer | string) => {
      const response = await fetch(system.graphqlUrl, { method: 'POST', headers: KEY, body });
      return { status: response.status, answer: await response.text() };
    };
    await fc.assert(
      fc.asyncProperty(fc.oneof({ weight: 9, arbitrary: badArgument }, badBytes), async (body) => {
        const { status, answer } = await send(body);
        const { errors } = JSON.parse(answer) as { errors?: { errorType?: string; path?: unknown; message: string }[] };
        expect([200, 400, 413]).toContain(status);
        expect(errors?.length).toBeGreaterThan(0);
        // What GraphQL itself refuses has no path, and as on AWS no type.
        for (const { errorType, path, message } of errors!) {
          expect(message).toEqual(expect.any(String));
          expect(path === null ? 'ValidationError' : errorType).toMatch(TYPES);
        }
        expect(answer).not.toMatch(INSIDES);
      }),
      { numRuns: CASES },
    );
    const { answer } = await send('{"query":"{ tickets { items { id } nextToken } }"}');
    expect(JSON.parse(answer)).toEqual({ data: { tickets: { items: [], nextToken: null } } });
    expect(system.output.filter((line) => INSIDES.test(line) || line.includes(SECRET))).toEqual([]);
  });
});
