import { WebSocket } from 'ws';
import { type CallerName, callersOf } from '../support/callers';
import type { Proof } from '../support/credentials';
import { eventually } from '../support/eventually';
import { COMMENT, CREATE, EVENTS, TICKET, UPDATE } from '../support/http';
import { Inside } from '../support/inside';
import { Subscriber } from '../support/subscriber';

const HERS = 'ticket-of-alice';
// As long, so that the answers can be compared byte for byte.
const NONE = 'ticket-of-ghost';
const WHOLE = `query ($id: ID!, $version: Int) { ticket(id: $id, version: $version) {
  id title requester comments(limit: 1) { items { body } nextToken } events(limit: 1) { items { version } nextToken }
} }`;

type Variables = (id: string) => Record<string, unknown>;

function input(fields: object): Variables {
  return (id) => ({ input: { id, ...fields } });
}

describe("a requester's answer about another's ticket", () => {
  let system: Inside;
  let callers: Record<CallerName, Proof>;

  beforeAll(async () => {
    system = await Inside.start();
    callers = await callersOf(system);
    const { owner, agent, other } = callers;
    await ask(owner, CREATE, { input: { id: HERS, title: 'Secret', commandId: 'creation', tags: ['secret'] } });
    await ask(owner, COMMENT, { input: { id: HERS, body: 'Between us', commandId: 'comment' } });
    await ask(agent, UPDATE, {
      input: { id: HERS, status: 'RESOLVED', assignee: 'helga', priority: 'HIGH', commandId: 'resolving' },
    });
    await ask(other, CREATE, { input: { id: 'mine', title: 'Mine' } });
    for (const body of ['One', 'Two']) {
      await ask(other, COMMENT, { input: { id: 'mine', body } });
    }
    const shows = async (id: string) => ((await ask(agent, TICKET, { id })).match(/"version":3/) ?? []).length === 1;
    await eventually(async () => (await shows(HERS)) && (await shows('mine')), Boolean);
  });
  afterAll(() => system.stop());

  /** The whole answer but for what differs from request to request. */
  const ask = async (proof: Proof, query: string, variables: object): Promise<string> => {
    const body = JSON.stringify({ query, variables });
    const headers = await proof({ host: new URL(system.url).host, path: '/graphql', body });
    const response = await fetch(system.graphqlUrl, { method: 'POST', headers, body });
    const told = [...response.headers].filter(([name]) => !['date', 'x-amzn-requestid'].includes(name));
    return `${response.status} ${JSON.stringify(told)} ${await response.text()}`;
  };
  const history = () => ask(callers.agent, EVENTS, { id: HERS, limit: 100 });
  const tokenOf = (answer: string) => /"nextToken":"([^"]+)"/.exec(answer)![1]!;

  const cases: [what: string, document: string, variables: Variables][] = [
    ['ticket', WHOLE, (id) => ({ id })],
    ['ticket as of its first version', WHOLE, (id) => ({ id, version: 1 })],
    ['ticket as of its newest version', WHOLE, (id) => ({ id, version: 3 })],
    ['ticket as of a version to come', WHOLE, (id) => ({ id, version: 99 })],
    ['ticket as of an impossible version', WHOLE, (id) => ({ id, version: -1 })],
    ['events', EVENTS, (id) => ({ id })],
    ['events after the first', EVENTS, (id) => ({ id, afterVersion: 1 })],
    ['events after the second', EVENTS, (id) => ({ id, afterVersion: 2 })],
    ['events after the newest', EVENTS, (id) => ({ id, afterVersion: 3 })],
    ['events after what is to come', EVENTS, (id) => ({ id, afterVersion: 99 })],
    ['a page of events too small', EVENTS, (id) => ({ id, limit: 0 })],
    ['a page of events after a token that is none', EVENTS, (id) => ({ id, nextToken: 'guessed' })],
    ['an update', UPDATE, input({ title: 'Mine' })],
    ['an update that changes nothing', UPDATE, input({ title: 'Secret' })],
    ['an update that expects the version', UPDATE, input({ title: 'Mine', expectedVersion: 3 })],
    ['an update that expects another version', UPDATE, input({ title: 'Mine', expectedVersion: 2 })],
    ['a transition that is allowed', UPDATE, input({ status: 'CLOSED' })],
    ['a transition that is not', UPDATE, input({ status: 'IN_PROGRESS' })],
    ['reopening', UPDATE, input({ status: 'OPEN' })],
    ['what only agents may', UPDATE, input({ priority: 'HIGH' })],
    ['too long a title', UPDATE, input({ title: 'x'.repeat(201) })],
    ["an update with the creation's command id", UPDATE, input({ title: 'Secret', commandId: 'creation' })],
    ["an update with an update's command id", UPDATE, input({ status: 'RESOLVED', commandId: 'resolving' })],
    ['a comment', COMMENT, input({ body: 'Hello' })],
    ['an empty comment', COMMENT, input({ body: '' })],
    ["a comment with a comment's command id", COMMENT, input({ body: 'Between us', commandId: 'comment' })],
  ];

  test.each(cases)('on %s is that about none', async (_, document, variables) => {
    const before = await history();
    const [hers, none] = [
      await ask(callers.other, document, variables(HERS)),
      await ask(callers.other, document, variables(NONE)),
    ];
    expect(hers.replaceAll(HERS, NONE)).toBe(none);
    expect(hers).not.toMatch(/Secret|secret|Between us|alice"|currentVersion|RESOLVED/);
    expect(await history()).toBe(before);
  });

  test('on a page after a token of their own is that about none', async () => {
    const nextToken = tokenOf(await ask(callers.other, EVENTS, { id: 'mine', limit: 1 }));
    const [hers, none] = [
      await ask(callers.other, EVENTS, { id: HERS, nextToken }),
      await ask(callers.other, EVENTS, { id: NONE, nextToken }),
    ];
    expect(hers.replaceAll(HERS, NONE)).toBe(none);
  });

  test("with a token of the owner's tells nothing, on that ticket or on their own", async () => {
    const { owner, other } = callers;
    const events = tokenOf(await ask(owner, EVENTS, { id: HERS, limit: 1 }));
    expect(await ask(other, EVENTS, { id: HERS, nextToken: events })).toContain('{"data":{"ticketEvents":null}}');
    const page = `query ($id: ID!, $events: String, $comments: String) { ticket(id: $id) {
      events(limit: 1, nextToken: $events) { items { ticketId comment } nextToken }
      comments(limit: 1, nextToken: $comments) { items { ticketId body } nextToken }
    } }`;
    const nested = tokenOf(await ask(owner, page, { id: HERS }));
    for (const variables of [{ events }, { events: nested }, { comments: nested }]) {
      expect(await ask(other, page, { id: 'mine', ...variables })).not.toMatch(/alice|Between us/);
    }
  });

  test('on creating it again tells that the id is taken, and nothing of it, whatever the command id', async () => {
    const create = (fields: object) => ask(callers.other, CREATE, { input: { id: HERS, title: 'Secret', ...fields } });
    const answers = await Promise.all([
      create({}),
      create({ title: 'Mine' }),
      create({ commandId: 'creation', tags: ['secret'] }),
      create({ commandId: 'resolving' }),
    ]);
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toContain('TicketAlreadyExists');
    expect(answers[0]).not.toMatch(/Secret|alice"|currentVersion/);
  });

  const LIST = `query ($filter: TicketFilter, $order: SortOrder, $limit: Int, $nextToken: String) {
    tickets(filter: $filter, order: $order, limit: $limit, nextToken: $nextToken) {
      items { id requester description comments { items { body } } events { items { version } } } nextToken
    }
  }`;
  const FILTERS: [what: string, hers: object, none: object][] = [
    ['no filter', {}, {}],
    ['her name', { requester: 'alice' }, { requester: 'ghost' }],
    ['the assignee', { assignee: 'helga' }, { assignee: 'ghost' }],
    ['her name and the assignee', { requester: 'alice', assignee: 'helga' }, { requester: 'alice', assignee: 'ghost' }],
    ['the status', { status: 'RESOLVED' }, { status: 'CLOSED' }],
    ['the priority', { priority: 'HIGH' }, { priority: 'URGENT' }],
    ['a tag', { tag: 'secret' }, { tag: 'ghosts' }],
    ['the title', { titleContains: 'Secret' }, { titleContains: 'Ghosts' }],
    ['her name and the time', { requester: 'alice', updatedSince: '2020-01-01T00:00:00Z' }, { requester: 'ghost' }],
  ];

  test.each(FILTERS)('in lists by %s is that about none, on every page', async (_, hers, none) => {
    for (const order of ['ASC', 'DESC']) {
      const pages = async (filter: object) => {
        const answers: string[] = [];
        let nextToken: string | undefined;
        do {
          const answer = await ask(callers.other, LIST, { filter, order, limit: 1, nextToken });
          nextToken = /"nextToken":"([^"]+)"}}}$/.exec(answer)?.[1];
          answers.push(answer.replace(nextToken ?? '', ''));
        } while (nextToken);
        return answers;
      };
      const shown = await pages(hers);
      expect(shown.join()).not.toMatch(/alice|Between us/);
      expect(shown).toEqual(await pages(none));
      // The filter does find it, for those for whom it is there.
      expect(await ask(callers.agent, LIST, { filter: hers, order })).toContain(HERS);
    }
  });

  test("in lists goes on from no token but the requester's own", async () => {
    const tokens = await Promise.all(
      [callers.owner, callers.agent].flatMap((proof) =>
        [{}, { requester: 'alice' }].map(async (filter) =>
          /"nextToken":"([^"]+)"}}}$/.exec(await ask(proof, LIST, { filter, limit: 1, order: 'ASC' })),
        ),
      ),
    );
    for (const token of tokens.flatMap((match) => match?.[1] ?? [])) {
      for (const filter of [{}, { requester: 'alice' }, { requester: 'mallory' }]) {
        const answer = await ask(callers.other, LIST, { filter, limit: 1, order: 'ASC', nextToken: token });
        expect(answer).not.toMatch(/alice|Between us/);
      }
    }
    expect(tokens.some((match) => match !== null)).toBe(true);
  });

  test('in subscriptions is none, by id or without, and their own is heard', async () => {
    const socket = await Subscriber.connect(system, WebSocket, callers.other);
    const document = `subscription ($id: ID, $requester: String, $assignee: String, $status: TicketStatus) {
      onTicketChanged(id: $id, requester: $requester, assignee: $assignee, status: $status) { id version }
    }`;
    interface Heard {
      onTicketChanged: { id: string; version: number };
    }
    const all = await socket.start<Heard>(document);
    const mine = await socket.start<Heard>(document, { id: 'mine', requester: 'mallory' });
    const hers = await Promise.all(
      [
        { id: HERS },
        { requester: 'alice' },
        { id: HERS, requester: 'alice' },
        { id: HERS, requester: 'mallory' },
        { assignee: 'helga' },
        { status: 'RESOLVED' },
        { requester: 'ghost' },
      ].map((variables) => socket.start<Heard>(document, variables)),
    );
    const witness = await socket.start<Heard>(document, {}, callers.agent);
    await ask(callers.owner, COMMENT, { input: { id: HERS, body: 'Nobody else hears this' } });
    await witness.until(({ onTicketChanged: { id, version } }) => id === HERS && version === 4);
    await ask(callers.other, COMMENT, { input: { id: 'mine', body: 'Hello' } });
    await witness.until(({ onTicketChanged: { id, version } }) => id === 'mine' && version === 4);
    // The push of a version from before may still have been under way.
    const heard = [all, mine, ...hers].map((subscription) => [
      ...new Set(subscription.all.map(({ onTicketChanged }) => onTicketChanged.id)),
    ]);
    expect(heard).toEqual([['mine'], ['mine'], ...hers.map(() => [])]);
    socket.close();
  });
});
