import fc from 'fast-check';
import { TicketList } from '../../client/ticket-list';

interface Ticket {
  id: string;
  version: number;
  updatedAt: string;
  isOpen: boolean;
}

const PAGE = 3;

function listOf(order: 1 | -1): { list: TicketList<Ticket>; compare: (a: Ticket, b: Ticket) => number } {
  const key = ({ updatedAt, id }: Ticket) => `${updatedAt}#${id}`;
  const compare = (a: Ticket, b: Ticket) => order * (key(a) < key(b) ? -1 : key(a) === key(b) ? 0 : 1);
  return { list: new TicketList({ isListed: ({ isOpen }) => isOpen, compare }), compare };
}

function ticket(id: string, version: number, second: number, isOpen = true): Ticket {
  return { id, version, updatedAt: new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString(), isOpen };
}

describe('a list of tickets', () => {
  test('does not bring back a ticket that has left, by a page from before', () => {
    const { list } = listOf(-1);
    list.add([ticket('A', 1, 9), ticket('B', 1, 8)], false);
    list.place(ticket('B', 2, 10, false));
    list.place(ticket('C', 3, 11, false));
    list.add([ticket('B', 1, 8), ticket('C', 2, 7)], true);
    expect(list.tickets.map(({ id }) => id)).toEqual(['A']);
  });

  test('shows what lies behind its end when the pages have come so far', () => {
    const { list } = listOf(1);
    list.place(ticket('Z', 1, 50));
    list.add([ticket('A', 1, 1), ticket('B', 1, 2)], false);
    list.place(ticket('A', 2, 60));
    expect(list.tickets.map(({ id }) => id)).toEqual(['B']);
    list.add([ticket('C', 1, 3)], true);
    expect(list.tickets.map(({ id }) => id)).toEqual(['B', 'C', 'Z', 'A']);
  });

  test('keeps its end when a page is empty, as the pages of a filter that few meet are', () => {
    const { list } = listOf(-1);
    list.add([], false);
    list.place(ticket('A', 1, 9));
    expect(list.tickets).toEqual([]);
    list.add([ticket('B', 1, 8)], false);
    list.add([], false);
    expect(list.tickets.map(({ id }) => id)).toEqual(['A', 'B']);
  });

  test('is another array after each change, and the same after none', () => {
    const { list } = listOf(-1);
    list.add([ticket('A', 2, 9)], true);
    const { tickets } = list;
    list.place(ticket('A', 2, 9));
    list.place(ticket('A', 1, 8));
    expect(list.tickets).toBe(tickets);
    list.place(ticket('A', 3, 10));
    expect(list.tickets).not.toBe(tickets);
    expect(tickets).toEqual([ticket('A', 2, 9)]);
  });

  // A change is pushed some steps after it happened, and pages are as old: in any order, but for each ticket in its own.
  const steps = fc.array(fc.constantFrom('change', 'change', 'push', 'push', 'read', 'arrive'), { maxLength: 60 });

  test('ends as the server has it, whatever overtakes what', () => {
    fc.assert(
      fc.property(steps, fc.constantFrom<[1, -1]>(1, -1), fc.infiniteStream(fc.nat(1_000)), (steps, order, dice) => {
        const roll = (most: number) => (dice.next().value as number) % most;
        const { list, compare } = listOf(order);
        const server = new Map(['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'].map((id, i) => [id, ticket(id, 1, i)]));
        const pushes: Ticket[] = [];
        let [second, end] = [100, undefined as Ticket | undefined];
        let [isRead, page] = [false, undefined as { tickets: Ticket[]; isLast: boolean } | undefined];
        const change = () => {
          const id = [...server.keys()][roll(server.size)]!;
          const changed = ticket(id, server.get(id)!.version + 1, (second += 1), roll(2) === 0);
          server.set(id, changed);
          pushes.push(changed);
        };
        const push = () => {
          const next = pushes[roll(pushes.length || 1)];
          const first = pushes.findIndex(({ id }) => id === next?.id);
          pushes.splice(first, 1).forEach((pushed) => list.place(pushed));
        };
        const read = () => {
          const after = end;
          const rest = [...server.values()]
            .filter((each) => each.isOpen && (!after || compare(each, after) > 0))
            .sort(compare);
          page = { tickets: rest.slice(0, PAGE), isLast: rest.length <= PAGE };
        };
        const arrive = () => {
          if (page && !isRead) {
            list.add(page.tickets, page.isLast);
            [end, isRead, page] = [page.tickets.at(-1) ?? end, page.isLast, undefined];
          }
        };
        // One page is asked for at a time, from where the one before ended.
        const act = { change, push, read: () => page ?? read(), arrive };
        steps.forEach((step) => act[step]());
        while (!isRead) {
          act.read();
          arrive();
        }
        while (pushes.length > 0) {
          push();
        }
        expect(list.tickets).toEqual([...server.values()].filter(({ isOpen }) => isOpen).sort(compare));
      }),
      { numRuns: 1_000 },
    );
  });
});
