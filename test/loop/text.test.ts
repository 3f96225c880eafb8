import { WebSocket } from 'ws';
import type { TicketChange } from '../../generated/schema';
import { describeEachEngine } from '../support/engines';
import { eventually } from '../support/eventually';
import { COMMENT, CREATE, post, UPDATE } from '../support/http';
import { Subscriber } from '../support/subscriber';
import { Inside } from '../support/inside';

const SHOWN = `query Shown($id: ID!) { ticket(id: $id) {
  version title description assignee tags
  comments { items { body } }
  events { items { comment reason changes { field to } } }
} }`;
const HEARD = `subscription Heard($id: ID) { onTicketChanged(id: $id) {
  version changes { to } ticket { title description }
} }`;

describeEachEngine('text', (engine) => {
  let system: Inside;
  beforeAll(async () => (system = await Inside.start({ engine })));
  afterAll(() => system.stop());

  const run = (query: string, variables: Record<string, unknown>) => post(system.graphqlUrl, query, variables);
  const create = (input: object = {}) => run(CREATE, { input: { title: 'Printer on fire', ...input } });
  const update = (input: object) => run(UPDATE, { input });
  const comment = (input: object) => run(COMMENT, { input });
  const viewed = (id: string, version: number) =>
    eventually(
      () => run(SHOWN, { id }),
      ({ data }) => data.ticket?.version === version,
    ).then(({ data }) => data.ticket!);

  const controls = Array.from({ length: 31 }, (_, i) => String.fromCharCode(i + 1)).join('');
  test.each<[string, string]>([
    ['emoji', '👩🏽‍🚒🔥🏳️‍🌈 1️⃣'],
    ['combining marks', 'e\u0301 é Å \u0041\u030a ż̸̡̛͇o'],
    ['right-to-left', 'מדפסת בוערת \u202eevil\u202c طابعة ‏مشتعلة‎'],
    ['control characters', `a${controls}\u007f\u0085\u2028\ufeffz`],
    ['question marks', 'Why? "?" \u00bfQu\u00e9? ??'],
    ['quotes and code', `"'\\\${x}$ctx \\u0000 {"a":1} <b>&amp;</b> %00`],
    ['10,000 characters of CJK', '票務系統印表機着火了㐀龘'.repeat(834).slice(0, 10_000)],
  ])('text with %s is the same after the loop, everywhere', async (_, text) => {
    const title = text.slice(0, 200);
    const body = text.slice(0, 5_000);
    const { id } = (await create()).data.createTicket;
    const subscriber = await Subscriber.connect(system, WebSocket);
    const heard = await subscriber.start<{ onTicketChanged: TicketChange }>(HEARD, { id });
    const updated = await update({ id, title, description: text, assignee: text.slice(0, 128), reason: title });
    expect(updated.data.updateTicket.title).toBe(title);
    await comment({ id, body });

    const ticket = await viewed(id, 3);
    expect(ticket).toMatchObject({ title, description: text, assignee: text.slice(0, 128) });
    expect(ticket.comments.items.map((one) => one.body)).toEqual([body]);
    const [, changed, commented] = ticket.events.items;
    expect(changed).toMatchObject({ reason: title, changes: [{ field: 'title' }, { field: 'description' }, {}] });
    expect(JSON.parse(changed!.changes[1]!.to as string)).toBe(text);
    expect(commented!.comment).toBe(body);

    const changes = await heard.until(({ onTicketChanged }) => onTicketChanged.version === 3);
    const pushed = changes.find(({ onTicketChanged }) => onTicketChanged.version === 2)!.onTicketChanged;
    expect(pushed.ticket).toMatchObject({ title, description: text });
    expect(JSON.parse(pushed.changes[1]!.to as string)).toBe(text);
    subscriber.close();
  });

  test.each(['🔥 emoji 👩🏽🚒', 'why?', '票務系統印表機着火了㐀龘'.repeat(4).slice(0, 40)])(
    'a tag is the same after the loop: %s',
    async (tag) => {
      const { id } = (await create({ tags: [tag] })).data.createTicket;
      expect((await viewed(id, 1)).tags).toEqual([tag]);
      const { data } = await run('query ($filter: TicketFilter) { tickets(filter: $filter) { items { id } } }', {
        filter: { tag },
      });
      expect(data.tickets.items).toEqual([{ id }]);
    },
  );

  describe('whose last of many characters is half of a pair', () => {
    const after = (length: number, end: string) => 'x'.repeat(length - 1) + end;
    const refused = (field: string): unknown => [
      expect.objectContaining({
        errorType: 'ValidationError',
        errorInfo: { field, rule: expect.stringContaining('Unicode') as string },
      }),
    ];

    test.each(['\ud800', '\udfff'])('is refused: %j', async (half) => {
      expect((await create({ description: after(10_000, half) })).errors).toEqual(refused('description'));
      const { id } = (await create()).data.createTicket;
      expect((await update({ id, description: after(10_000, half) })).errors).toEqual(refused('description'));
      expect((await update({ id, title: after(200, half) })).errors).toEqual(refused('title'));
      expect((await update({ id, title: 'x', reason: after(1_000, half) })).errors).toEqual(refused('reason'));
      expect((await update({ id, addTags: ['a', after(40, half)] })).errors).toEqual(refused('addTags'));
      expect((await comment({ id, body: after(5_000, half) })).errors).toEqual(refused('body'));
    });

    test('is kept with its other half', async () => {
      const description = after(9_999, '😀');
      expect(description).toHaveLength(10_000);
      const { id } = (await create({ description })).data.createTicket;
      expect((await viewed(id, 1)).description).toBe(description);
    });
  });
});
