import { buildSchema } from 'graphql';
import { readFileSync } from 'node:fs';
import { WebSocket } from 'ws';
import type { TicketEventPage } from '../../generated/schema';
import { type CallerName, callersOf } from '../support/callers';
import type { Proof } from '../support/credentials';
import { eventually } from '../support/eventually';
import { asUser, post } from '../support/http';
import { Inside } from '../support/inside';
import { Subscriber } from '../support/subscriber';

/**
 * What becomes of each field for each caller, on a ticket of alice's:
 * does: it is done, seen or heard · none: there is no such ticket · denied: the field is not for the caller ·
 * 401: nobody that the API knows
 */
const MATRIX = `
| caller                   | ticket | ticket as of 1 | tickets | ticketEvents | createTicket | updateTicket | addComment | publishTicketChange | onTicketChanged | note   | addComment of a note |
| owner                    | does   | does           | does    | does         | does         | does         | does       | denied              | does            | none   | denied               |
| owner by id token        | does   | does           | does    | does         | does         | does         | does       | denied              | does            | none   | denied               |
| other                    | none   | none           | none    | none         | does         | none         | none       | denied              | none            | none   | denied               |
| other in a group         | none   | none           | none    | none         | does         | none         | none       | denied              | none            | none   | denied               |
| agent                    | does   | does           | does    | does         | does         | does         | does       | denied              | does            | does   | does                 |
| API key                  | does   | does           | does    | does         | does         | does         | does       | denied              | does            | does   | does                 |
| projector role           | denied | denied         | denied  | denied       | denied       | denied       | denied     | does                | denied          | denied | denied               |
| IAM operator             | does   | does           | does    | does         | does         | does         | does       | denied              | does            | does   | does                 |
| IAM stranger             | denied | denied         | denied  | denied       | denied       | denied       | denied     | denied              | denied          | denied | denied               |
| anonymous                | 401    | 401            | 401     | 401          | 401          | 401          | 401        | 401                 | 401             | 401    | 401                  |
| wrong API key            | 401    | 401            | 401     | 401          | 401          | 401          | 401        | 401                 | 401             | 401    | 401                  |
| expired                  | 401    | 401            | 401     | 401          | 401          | 401          | 401        | 401                 | 401             | 401    | 401                  |
| forged: another key      | 401    | 401            | 401     | 401          | 401          | 401          | 401        | 401                 | 401             | 401    | 401                  |
| forged: other claims     | 401    | 401            | 401     | 401          | 401          | 401          | 401        | 401                 | 401             | 401    | 401                  |
| forged: no signature     | 401    | 401            | 401     | 401          | 401          | 401          | 401        | 401                 | 401             | 401    | 401                  |
| forged: a shared secret  | 401    | 401            | 401     | 401          | 401          | 401          | 401        | 401                 | 401             | 401    | 401                  |
| wrong issuer             | 401    | 401            | 401     | 401          | 401          | 401          | 401        | 401                 | 401             | 401    | 401                  |
| wrong audience           | 401    | 401            | 401     | 401          | 401          | 401          | 401        | 401                 | 401             | 401    | 401                  |
| wrong audience, id token | 401    | 401            | 401     | 401          | 401          | 401          | 401        | 401                 | 401             | 401    | 401                  |
| forged signature         | 401    | 401            | 401     | 401          | 401          | 401          | 401        | 401                 | 401             | 401    | 401                  |
`;
const [head, ...rows] = MATRIX.trim()
  .split('\n')
  .map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  ) as [string[], ...string[][]];
const cells = rows.flatMap(([caller, ...outcomes]) =>
  outcomes.map((outcome, i) => [caller as CallerName, head[i + 1]!, outcome] as const),
);

function change(id: string) {
  const times = { createdAt: '2026-01-01T00:00:00Z', updatedAt: '2026-01-01T00:00:00Z' };
  const ticket = { id, version: 1, title: 'x', status: 'OPEN', priority: 'LOW', tags: [], requester: 'alice' };
  return {
    ...{ id, version: 1, type: 'TicketUpdated', at: times.createdAt, actor: 'x', status: 'OPEN', requester: 'alice' },
    changes: [],
    ticket: { ...ticket, commentCount: 0, ...times },
  };
}

/** How each field is asked for, all but the subscription. */
const ASKED: Record<string, [document: string, variables: (id: string) => object]> = {
  ticket: ['query ($id: ID!) { ticket(id: $id) { id comments { nextToken } events { nextToken } } }', (id) => ({ id })],
  'ticket as of 1': ['query ($id: ID!) { ticket(id: $id, version: 1) { id } }', (id) => ({ id })],
  tickets: ['query { tickets(limit: 100) { items { id } } }', () => ({})],
  ticketEvents: ['query ($id: ID!) { ticketEvents(id: $id, limit: 100) { items { version } } }', (id) => ({ id })],
  note: ['query ($id: ID!) { ticket(id: $id) { comments(limit: 1) { items { visibility } } } }', (id) => ({ id })],
  'addComment of a note': [
    'mutation ($input: AddCommentInput!) { addComment(input: $input) { id } }',
    (id) => ({ input: { id, body: 'Psst', visibility: 'INTERNAL' } }),
  ],
  createTicket: ['mutation { createTicket(input: { title: "Mine" }) { id } }', () => ({})],
  updateTicket: [
    'mutation ($input: UpdateTicketInput!) { updateTicket(input: $input) { id } }',
    (id) => ({ input: { id, description: `changed ${Math.random()}` } }),
  ],
  addComment: [
    'mutation ($input: AddCommentInput!) { addComment(input: $input) { id } }',
    (id) => ({ input: { id, body: 'Hello' } }),
  ],
  publishTicketChange: [
    'mutation ($change: TicketChangeInput!) { publishTicketChange(change: $change) { id } }',
    (id) => ({ change: change(id) }),
  ],
};

interface Seen {
  items?: { id: string }[];
  comments?: { items: { visibility: string }[] };
}

interface Body {
  data?: Record<string, unknown> | null;
  errors?: { errorType: string; message: string }[];
}

describe('who may what', () => {
  let system: Inside;
  let callers: Record<CallerName, Proof>;
  let ticket: string;
  let socket: Subscriber;

  beforeAll(async () => {
    system = await Inside.start();
    callers = await callersOf(system);
    ticket = await create(callers.owner);
    await outcomeOf(callers.agent, 'addComment of a note');
    await eventually(
      () => outcomeOf(callers.agent, 'note'),
      (outcome) => outcome === 'does',
    );
    // One socket for all: each start is authorized by itself.
    socket = await Subscriber.connect(system, WebSocket, callers.agent);
  });
  afterAll(async () => {
    socket.close();
    await system.stop();
  });

  const ask = async (proof: Proof, query: string, variables: object) => {
    const body = JSON.stringify({ query, variables });
    const headers = await proof({ host: new URL(system.url).host, path: '/graphql', body });
    const response = await fetch(system.graphqlUrl, { method: 'POST', headers, body });
    return { status: response.status, body: (await response.json()) as Body };
  };
  const create = async (proof: Proof) => {
    const { body } = await ask(proof, 'mutation { createTicket(input: { title: "Printer on fire" }) { id } }', {});
    return (body.data!.createTicket as { id: string }).id;
  };
  const versions = async () => {
    const { body } = await ask(callers['API key'], ASKED.ticketEvents![0], { id: ticket });
    return (body.data!.ticketEvents as TicketEventPage).items.length;
  };

  const outcomeOf = async (proof: Proof, field: string): Promise<string> => {
    const [document, variables] = ASKED[field]!;
    const { status, body } = await ask(proof, document, variables(ticket));
    const [error] = body.errors ?? [];
    if (status === 401) {
      expect(body).toEqual({ errors: [{ errorType: 'UnauthorizedException', message: expect.any(String) }] });
      return '401';
    }
    if (error) {
      return { Unauthorized: 'denied', TicketNotFound: 'none' }[error.errorType] ?? JSON.stringify(body);
    }
    const [value] = Object.values(body.data!) as [Seen | null];
    switch (field) {
      case 'tickets':
        return value!.items!.some(({ id }) => id === ticket) ? 'does' : 'none';
      case 'note':
        return value?.comments!.items.some(({ visibility }) => visibility === 'INTERNAL') ? 'does' : 'none';
      default:
        return value === null ? 'none' : 'does';
    }
  };

  const hears = async (proof: Proof): Promise<string> => {
    const document = `subscription ($id: ID) { onTicketChanged(id: $id) { version } }`;
    try {
      const heard = await socket.start<{ onTicketChanged: { version: number } }>(document, { id: ticket }, proof);
      // Changes are delivered in the order of the starts: what the witness has heard, the other has heard before.
      const witness = await socket.start<{ onTicketChanged: { version: number } }>(document, { id: ticket });
      await ask(callers.agent, ASKED.updateTicket![0], ASKED.updateTicket![1](ticket));
      const version = await versions();
      await witness.until(({ onTicketChanged }) => onTicketChanged.version === version);
      return heard.all.some(({ onTicketChanged }) => onTicketChanged.version === version) ? 'does' : 'none';
    } catch (error) {
      const [refusal] = (JSON.parse((error as Error).message) as Body).errors!;
      return { Unauthorized: 'denied', UnauthorizedException: '401' }[refusal!.errorType] ?? JSON.stringify(refusal);
    }
  };

  test.each(cells)('%s · %s: %s', async (caller, field, expected) => {
    if (field === 'onTicketChanged') {
      expect(await hears(callers[caller])).toBe(expected);
      return;
    }
    const before = await versions();
    expect(await outcomeOf(callers[caller], field)).toBe(expected);
    const writes = expected === 'does' && ['updateTicket', 'addComment', 'addComment of a note'].includes(field);
    expect(await versions()).toBe(before + (writes ? 1 : 0));
  });

  test('is asked of every field that the schema has, by every caller', () => {
    const schema = buildSchema(
      readFileSync('tools/appsync-directives.graphql', 'utf8') + readFileSync('schema.graphql', 'utf8'),
    );
    const types = [schema.getQueryType()!, schema.getMutationType()!, schema.getSubscriptionType()!];
    const fields = types.flatMap((type) => Object.keys(type.getFields()));
    expect(new Set(head.slice(1))).toEqual(new Set([...fields, 'ticket as of 1', 'note', 'addComment of a note']));
    expect(rows.map(([caller]) => caller)).toEqual(Object.keys(callers));
  });

  test.each<[CallerName, string]>([
    ['owner', 'alice'],
    ['owner by id token', 'alice'],
    ['agent', 'bob'],
    ['API key', 'api key'],
    ['IAM operator', 'iam arn:aws:sts::000000000000:assumed-role/local/local'],
  ])('%s is the requester and the actor %s', async (caller, actor) => {
    const document = 'mutation { createTicket(input: { title: "x" }) { requester events { items { actor } } } }';
    const { body } = await ask(callers[caller], document, {});
    expect(body).toEqual({ data: { createTicket: { requester: actor, events: { items: [{ actor }] } } } });
  });

  test.each<[CallerName, string]>([
    ['API key', 'api-key'],
    ['IAM operator', 'arn:aws:sts::000000000000:assumed-role/local/local'],
  ])('a user of the pool may be named like the %s, and owns nothing of it', async (caller, name) => {
    const document = 'mutation { createTicket(input: { title: "x" }) { id requester } }';
    const { body } = await ask(callers[caller], document, {});
    const { id } = (body.data as { createTicket: { id: string } }).createTicket;
    const headers = await asUser(system, encodeURIComponent(name));
    const seen = '{ ticketEvents(id: "ID") { items { version } } tickets(limit: 100) { items { requester } } }';
    const asked = await post(system.graphqlUrl, seen.replace('ID', id), {}, headers);
    expect(asked.data).toEqual({ ticketEvents: null, tickets: { items: [] } });
    const own = await post(system.graphqlUrl, document, {}, headers);
    expect(own.data.createTicket.requester).toBe(name);
  });

  test.each([
    ['CreateTicketInput', 'createTicket', { title: 'x' }],
    ['UpdateTicketInput', 'updateTicket', { id: 'x' }],
    ['AddCommentInput', 'addComment', { id: 'x', body: 'x' }],
  ])('%s has no field for who it is', async (type, field, fields) => {
    const document = `mutation ($input: ${type}!) { ${field}(input: $input) { id } }`;
    for (const name of ['actor', 'requester', 'role', 'author', 'at', 'ticketId']) {
      const { body } = await ask(callers.agent, document, { input: { ...fields, [name]: 'mallory' } });
      expect(body.errors).toEqual([expect.objectContaining({ message: expect.stringContaining(`"${name}"`) })]);
    }
  });

  test.each<CallerName>(['anonymous', 'expired', 'forged: no signature', 'wrong audience', 'forged signature'])(
    '%s gets no socket',
    async (caller) => {
      const error: unknown = await Subscriber.connect(system, WebSocket, callers[caller]).catch((e: unknown) => e);
      const [refusal] = (JSON.parse((error as Error).message) as Body).errors!;
      expect(refusal!.errorType).toMatch(/#UnauthorizedException$/);
    },
  );
});
