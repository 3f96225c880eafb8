import { WebSocket } from 'ws';
import type { Ticket } from '../../generated/schema';
import { type Answer, asUser, CHANGED, CREATE, EVENTS, post, UPDATE } from '../support/http';
import { Subscriber } from '../support/subscriber';
import { Inside } from '../support/inside';

const FULL = { title: 'Printer on fire', description: 'Words', priority: 'HIGH', tags: ['a'], assignee: 'bob' };
const SHOWN = `query Shown($id: ID!, $version: Int) {
  ticket(id: $id, version: $version) { title description status priority tags assignee }
}`;

/** Null, as a client sends it that knows of all fields and has a value for none. */
const NOTHING = {
  ...{ expectedVersion: null, title: null, description: null, status: null, priority: null, assignee: null },
  ...{ clear: null, addTags: null, removeTags: null, reason: null, commandId: null },
};

describe('an update', () => {
  let system: Inside;
  let alice: Record<string, string>;
  beforeAll(async () => {
    system = await Inside.start();
    alice = await asUser(system, 'alice');
  });
  afterAll(() => system?.stop());

  const run = (query: string, variables: Record<string, unknown>, headers?: Record<string, string>) =>
    post(system.graphqlUrl, query, variables, headers);
  const create = async (input: object = FULL, headers?: Record<string, string>) =>
    (await run(CREATE, { input: { title: 'Printer on fire', ...input } }, headers)).data.createTicket.id;
  const update = (input: object, headers?: Record<string, string>) => run(UPDATE, { input }, headers);
  const asOf = async (id: string, version: number) => (await run(SHOWN, { id, version })).data.ticket;
  /** Of each event after the first, which fields it changed. */
  const changes = async (id: string) =>
    (await run(EVENTS, { id, afterVersion: 1 })).data.ticketEvents!.items.map((event) =>
      event.changes.map(({ field }) => field),
    );
  const shows = async (id: string, fields: Partial<Ticket>) =>
    expect(await asOf(id, 2)).toEqual({ ...FULL, status: 'OPEN', ...fields });
  const refusal = ({ errors }: Answer<unknown>) => errors!.map(({ errorType, errorInfo }) => [errorType, errorInfo]);

  describe('clears', () => {
    test.each([
      [['DESCRIPTION'], { description: null }],
      [['ASSIGNEE'], { assignee: null }],
      [['ASSIGNEE', 'DESCRIPTION', 'ASSIGNEE'], { description: null, assignee: null }],
    ])('%j and nothing else', async (clear, cleared) => {
      const id = await create();
      expect((await update({ id, clear })).data.updateTicket).toMatchObject({ version: 2 });
      await shows(id, cleared);
      expect(await changes(id)).toEqual([Object.keys(cleared)]);
    });

    test('one field while it sets others, and has null beside clear for the same', async () => {
      const id = await create();
      await update({ id, description: null, clear: ['DESCRIPTION'], assignee: 'carol', title: 'Printer out' });
      await shows(id, { description: null, assignee: 'carol', title: 'Printer out' });
    });

    test('a field that is empty with no event and no push', async () => {
      const id = await create({});
      const subscriber = await Subscriber.connect(system, WebSocket);
      const heard = await subscriber.start<{ onTicketChanged: { version: number } }>(CHANGED, { id });
      const answer = await update({ id, clear: ['DESCRIPTION', 'ASSIGNEE'] });
      expect(answer.data.updateTicket).toMatchObject({ version: 1 });
      await update({ id, title: 'Something else' });
      const pushed = await heard.until(({ onTicketChanged }) => onTicketChanged.version === 2);
      // The push of its creation may come after the start.
      expect(pushed.filter(({ onTicketChanged }) => onTicketChanged.version > 1)).toHaveLength(1);
      expect(await changes(id)).toEqual([['title']]);
      subscriber.close();
    });

    test.each([
      [{ description: 'Other words' }, 'DESCRIPTION'],
      [{ description: 'Words' }, 'DESCRIPTION'],
      [{ assignee: 'carol' }, 'ASSIGNEE'],
    ])('not what it sets: %j', async (set, field) => {
      const id = await create();
      const answer = await update({ id, ...set, clear: [field] });
      expect(refusal(answer)).toEqual([['ValidationError', { field: 'clear', rule: expect.any(String) as string }]]);
      expect(await changes(id)).toEqual([]);
    });

    test('only what a ticket can be without', async () => {
      const id = await create();
      const { errors } = await update({ id, clear: ['TITLE'] });
      expect(errors![0]!.message).toContain('ClearableField');
      expect(await changes(id)).toEqual([]);
    });
  });

  describe('leaves the ticket as it is', () => {
    test.each([
      ['null everywhere', NOTHING],
      ['lists of nothing', { clear: [], addTags: [], removeTags: [] }],
    ])('where it has %s', async (_, nothing) => {
      const id = await create();
      expect((await update({ id, ...nothing })).data.updateTicket).toMatchObject({ version: 1 });
      expect(await changes(id)).toEqual([]);
    });

    const VARIABLES = Object.entries({
      ...{ expectedVersion: 'Int', title: 'String', description: 'String', status: 'TicketStatus' },
      ...{ priority: 'TicketPriority', assignee: 'String', clear: '[ClearableField!]', addTags: '[String!]' },
      ...{ removeTags: '[String!]', reason: 'String', commandId: 'ID' },
    });
    test.each(VARIABLES)('where the variable for %s is declared and not sent', async (field, type) => {
      const id = await create();
      const other = field === 'title' ? 'description' : 'title';
      const mutation = `mutation ($id: ID!, $unsent: ${type}) {
        updateTicket(input: { id: $id, ${field}: $unsent, ${other}: "x" }) { version }
      }`;
      expect(await run(mutation, { id })).toEqual({ data: { updateTicket: { version: 2 } } });
      await shows(id, { [other]: 'x' });
      expect(await changes(id)).toEqual([[other]]);
    });

    test('where none of its variables is sent, also for a requester', async () => {
      const id = await create({ description: 'Words' }, alice);
      const declared = VARIABLES.map(([field, type]) => `$${field}: ${type}`).join(', ');
      const input = VARIABLES.map(([field]) => `${field}: $${field}`).join(', ');
      const mutation = `mutation ($id: ID!, ${declared}) { updateTicket(input: { id: $id, ${input} }) { version } }`;
      expect(await run(mutation, { id }, alice)).toEqual({ data: { updateTicket: { version: 1 } } });
      expect(await changes(id)).toEqual([]);
    });
  });

  describe('of a requester', () => {
    test.each([
      ['null', NOTHING],
      ['a list of nothing', { clear: [], addTags: [], removeTags: [] }],
    ])('may have %s where agents may have more', async (_, nothing) => {
      const id = await create({ description: 'Words' }, alice);
      expect((await update({ id, ...nothing }, alice)).data.updateTicket).toMatchObject({ version: 1 });
      expect((await update({ id, ...nothing, title: 'New' }, alice)).data.updateTicket).toMatchObject({ version: 2 });
      expect(await changes(id)).toEqual([['title']]);
    });

    test('may clear the description', async () => {
      const id = await create({ description: 'Words' }, alice);
      expect((await update({ id, clear: ['DESCRIPTION'] }, alice)).errors).toBeUndefined();
      expect(await asOf(id, 2)).toMatchObject({ description: null });
    });

    test.each([[['ASSIGNEE']], [['DESCRIPTION', 'ASSIGNEE']]])('may not clear %j', async (clear) => {
      const id = await create({ description: 'Words' }, alice);
      expect(refusal(await update({ id, clear }, alice))).toEqual([['Unauthorized', { field: 'clear' }]]);
      expect(await changes(id)).toEqual([]);
    });
  });
});
