import fc from 'fast-check';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { RunningSystem } from '../support/system';

/** How many cases of each kind: FUZZ_CASES=100000 for a long run. The seed is told when one fails. */
const CASES = Number(process.env.FUZZ_CASES ?? 500);
const KEY = { 'x-api-key': 'da2-local' };
const HOSTILE = [
  '__proto__',
  'constructor',
  'toString',
  '\u0000',
  '\ud800',
  '💥',
  'x'.repeat(5000),
  '{'.repeat(500),
  '$',
  '"',
  '\\',
];

const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...HOSTILE));
const value = fc.oneof(fc.jsonValue(), text, fc.constantFrom(null, NaN, -0, 1e308, 2 ** 53));
const word = fc.constantFrom(
  ...[
    'query',
    'mutation',
    'subscription',
    '{',
    '}',
    '(',
    ')',
    ':',
    '$id',
    'ID!',
    '...',
    'on',
    '@skip(if: true)',
    'fragment',
  ],
  ...[
    'ticket',
    'tickets',
    'createTicket',
    'input',
    'id',
    'title',
    '"x"',
    '1',
    'null',
    '[',
    ']',
    '__typename',
    '#',
    ',',
  ],
);
const document = fc.oneof(
  fc.array(word, { maxLength: 40 }).map((words) => words.join(' ')),
  fc.integer({ min: 1, max: 300 }).map((depth) => '{ ticket(id: "x") '.repeat(depth) + '{ id }' + ' }'.repeat(depth)),
  fc
    .integer({ min: 1, max: 300 })
    .map((n) => `{ ${Array.from({ length: n }, (_, i) => `a${i}: __typename`).join(' ')} }`),
  text,
);
const fields = fc.dictionary(
  fc.constantFrom('id', 'title', 'tags', 'status', 'limit', 'nextToken', '__proto__', 'x'),
  value,
);
const body = fc.oneof(
  text,
  value.map((any) => JSON.stringify(any) ?? ''),
  fc
    .record({ query: fc.oneof(document, value), variables: value, operationName: value })
    .map((any) => JSON.stringify(any)),
  fields.map((input) =>
    JSON.stringify({
      query: 'mutation M($input: CreateTicketInput!) { createTicket(input: $input) { id title } }',
      variables: { input },
    }),
  ),
  fields.map((variables) =>
    JSON.stringify({
      query:
        'query Q($id: ID!, $limit: Int, $nextToken: String) { ticketEvents(id: $id, limit: $limit, nextToken: $nextToken) { items { type } } }',
      variables,
    }),
  ),
);
const frame = fc.oneof(
  text,
  value.map((any) => JSON.stringify(any) ?? ''),
  fc
    .record({
      type: fc.oneof(fc.constantFrom('connection_init', 'start', 'stop', 'ka', 'data'), value),
      id: value,
      payload: fc.oneof(
        value,
        fc.record({
          data: fc.oneof(body, value),
          extensions: fc.record({ authorization: fc.oneof(fc.constant(KEY), value) }),
        }),
      ),
    })
    .map((any) => JSON.stringify(any)),
);

/** A line of a stack, or a path of this program: nothing that an answer may hold. */
const INSIDES = /^\s+at \S+ \(|node_modules|local-appsync\/(src|dist)\/|\.[jt]s:\d+/m;

describe('whatever comes in', () => {
  let system: RunningSystem;
  beforeAll(async () => (system = await RunningSystem.start()));
  afterAll(() => system.stop());

  /** Without the addresses that a start prints. */
  const toldSinceStart = () => system.output.slice(system.output.findIndex((line) => line.startsWith('Ready')));
  const alive = async () => {
    const response = await fetch(system.graphqlUrl, {
      method: 'POST',
      headers: KEY,
      body: '{"query":"{ __typename }"}',
    });
    expect(await response.json()).toEqual({ data: { __typename: 'Query' } });
    expect(toldSinceStart().filter((line) => INSIDES.test(line))).toEqual([]);
  };

  test('over HTTP gets an answer in JSON that tells nothing of our insides', async () => {
    await fc.assert(
      fc.asyncProperty(body, async (sent) => {
        const response = await fetch(system.graphqlUrl, { method: 'POST', headers: KEY, body: sent });
        const answer = await response.text();
        expect([200, 400, 413]).toContain(response.status);
        expect(Object.keys(JSON.parse(answer) as object)).toEqual(
          expect.arrayContaining([expect.stringMatching(/data|errors/)]),
        );
        expect(answer).not.toContain('InternalFailure');
        expect(answer).not.toMatch(INSIDES);
      }),
      { numRuns: CASES },
    );
    await alive();
  });

  test('as a header or a handshake is refused or let in, and hurts nobody', async () => {
    const path = fc.oneof(fc.constant('/graphql/realtime'), fc.webPath(), fc.webPath({ size: 'large' }));
    const carried = value.map((any) => Buffer.from(JSON.stringify(any) ?? '').toString('base64url'));
    await fc.assert(
      fc.asyncProperty(path, carried, fc.boolean(), async (where, header, inQuery) => {
        const url = `${system.url.replace('http', 'ws')}${where}${inQuery ? `?header=${header}&payload=e30=` : ''}`;
        const socket = new WebSocket(url, inQuery ? ['graphql-ws'] : ['graphql-ws', `header-${header}`]);
        const said: string[] = [];
        socket.on('message', (data: Buffer) => said.push(data.toString()));
        // Refused before or after it was opened: either way it ends without us.
        socket.on('error', () => undefined);
        await new Promise((resolve) => socket.once('close', resolve));
        expect(said.join()).not.toMatch(INSIDES);
      }),
      { numRuns: Math.ceil(CASES / 5) },
    );
    await alive();
  });

  test('as frames leaves the socket open or closes it, and leaves the others alone', async () => {
    const header = Buffer.from(JSON.stringify({ host: new URL(system.url).host, ...KEY })).toString('base64url');
    await fc.assert(
      fc.asyncProperty(fc.array(frame, { maxLength: 20 }), async (frames) => {
        const socket = new WebSocket(`${system.url.replace('http', 'ws')}/graphql/realtime`, [
          'graphql-ws',
          `header-${header}`,
        ]);
        const said: string[] = [];
        socket.on('message', (data: Buffer) => said.push(data.toString()));
        await once(socket, 'open');
        frames.forEach((sent) => socket.send(sent));
        const closed = once(socket, 'close');
        socket.send(JSON.stringify({ type: 'connection_init' }));
        socket.close();
        await closed;
        expect(said.join()).not.toMatch(INSIDES);
      }),
      { numRuns: Math.ceil(CASES / 5) },
    );
    await alive();
  });
});
