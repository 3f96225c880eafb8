import { WebSocket } from 'ws';
import type { TicketChange } from '../../generated/schema';
import { CREATE, post, UPDATE } from '../support/http';
import { type Heard, Subscriber } from '../support/subscriber';
import { Inside } from '../support/inside';

const CHANGED = `subscription Changed($id: ID, $status: TicketStatus, $assignee: String, $requester: String) {
  onTicketChanged(id: $id, status: $status, assignee: $assignee, requester: $requester) { id version }
}`;
type Changes = Heard<{ onTicketChanged: Pick<TicketChange, 'id' | 'version'> }>;

/** What happens to two tickets, and which lists of tickets hear of it. All are created by the API key. */
const STORY: [id: string, change: Record<string, unknown>][] = [
  ['A', { title: 'A' }],
  ['A', { assignee: 'bob' }],
  ['B', { title: 'B', assignee: 'bob' }],
  ['A', { status: 'CLOSED' }],
  ['A', { assignee: 'carol' }],
  ['B', { title: 'B again' }],
  ['A', { status: 'OPEN', assignee: 'bob' }],
  ['B', { clear: ['ASSIGNEE'] }],
  ['A', { status: 'ON_HOLD', assignee: 'carol' }],
];
const EVERYTHING = ['A1', 'A2', 'B1', 'A3', 'A4', 'B2', 'A5', 'B3', 'A6'];
const LISTS: [what: string, filter: Record<string, unknown>, hears: string[]][] = [
  ['of everything', {}, EVERYTHING],
  ['of everything, as null asks for nothing', { id: null, status: null, assignee: null, requester: null }, EVERYTHING],
  ['of one ticket', { id: 'B' }, ['B1', 'B2', 'B3']],
  ['of what is open', { status: 'OPEN' }, ['A1', 'A2', 'B1', 'A3', 'B2', 'A5', 'B3', 'A6']],
  ['of what is closed', { status: 'CLOSED' }, ['A3', 'A4', 'A5']],
  ['of what bob is to do', { assignee: 'bob' }, ['A2', 'B1', 'A3', 'A4', 'B2', 'A5', 'B3', 'A6']],
  ['of what carol is to do', { assignee: 'carol' }, ['A4', 'A5', 'A6']],
  ['of what is open for bob', { assignee: 'bob', status: 'OPEN' }, ['A2', 'B1', 'A3', 'B2', 'A5', 'B3', 'A6']],
  ['of what is closed for bob', { assignee: 'bob', status: 'CLOSED' }, ['A3', 'A4']],
  ['of one ticket while it is open', { id: 'A', status: 'OPEN' }, ['A1', 'A2', 'A3', 'A5', 'A6']],
  ['of what somebody else asked for', { requester: 'ann' }, []],
  ['of what was asked for and is closed', { requester: 'api key', status: 'CLOSED' }, ['A3', 'A4', 'A5']],
];

describe('a subscription', () => {
  let system: Inside;
  let subscriber: Subscriber;
  beforeAll(async () => {
    system = await Inside.start();
    subscriber = await Subscriber.connect(system, WebSocket);
  });
  afterAll(async () => {
    subscriber?.close();
    await system?.stop();
  });

  test('hears of what enters its list, of what changes in it, and of what leaves', async () => {
    const all: Changes = await subscriber.start(CHANGED);
    const lists = await Promise.all(LISTS.map(([, filter]) => subscriber.start(CHANGED, filter) as Promise<Changes>));
    const created = new Set<string>();
    const change = async (id: string, fields: Record<string, unknown>) => {
      const query = created.has(id) ? UPDATE : CREATE;
      created.add(id);
      const { errors } = await post(system.graphqlUrl, query, { input: { id, ...fields } });
      expect(errors).toBeUndefined();
    };
    for (const [id, fields] of STORY) {
      await change(id, fields);
    }
    await all.until(() => all.all.length === STORY.length);
    // All on one socket: what is told of the story has been heard before the end.
    await change('last', { title: 'The end' });
    await all.until(({ onTicketChanged }) => onTicketChanged.id === 'last');
    const heard = lists.map((list) =>
      list.all.map(({ onTicketChanged: { id, version } }) => `${id}${version}`).filter((change) => change !== 'last1'),
    );
    // Tickets are told of in any order.
    expect(Object.fromEntries(LISTS.map(([what], i) => [what, heard[i]!.sort()]))).toEqual(
      Object.fromEntries(LISTS.map(([what, , hears]) => [what, [...hears].sort()])),
    );
  });

  test.each(['assignee', 'requester'])('of an empty %s is refused', async (field) => {
    await expect(subscriber.start(CHANGED, { [field]: '' })).rejects.toThrow(/ValidationError/);
  });

  test('a list that shows what is open loses a ticket that closes, without asking again', async () => {
    const open = new Set<string>();
    const heard = await subscriber.start<{ onTicketChanged: TicketChange }>(
      `subscription { onTicketChanged(status: OPEN) { id version status ticket { title } } }`,
    );
    const show = () => {
      open.clear();
      for (const { onTicketChanged } of heard.all) {
        if (onTicketChanged.status === 'OPEN') {
          open.add(onTicketChanged.id);
        } else {
          open.delete(onTicketChanged.id);
        }
      }
    };
    await post(system.graphqlUrl, CREATE, { input: { id: 'closing', title: 'x' } });
    await heard.until(({ onTicketChanged }) => onTicketChanged.id === 'closing');
    show();
    expect(open).toContain('closing');
    await post(system.graphqlUrl, UPDATE, { input: { id: 'closing', status: 'CLOSED' } });
    await heard.until(({ onTicketChanged: { id, version } }) => id === 'closing' && version === 2);
    show();
    expect(open).not.toContain('closing');
  });
});
