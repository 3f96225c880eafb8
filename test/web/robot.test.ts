import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { Query, TicketEvent } from '../../generated/schema';
import type { Command } from '../../web/src/outbox/command';
import { eventually } from '../support/eventually';
import { type Answer, CREATE, post } from '../support/http';
import { RunningSystem } from '../support/system';
import { describeInBrowser, type Window } from './browser';
import { Pages, PAGES } from './pages';

/** `npm run test:robot` does more, for ten minutes. */
const ACTIONS = Number(process.env.ROBOT_ACTIONS ?? 16);
const MINUTES = Number(process.env.ROBOT_MINUTES ?? 0);
const SEED = Number(process.env.ROBOT_SEED ?? Date.now() % 2 ** 31);
const PACE_MS = (MINUTES * 60_000) / ACTIONS;
/** What is sent last may wait for minutes: at most twelve requests go to a server that does not answer in one. */
const TIMEOUT_MS = MINUTES * 120_000 + 300_000;

const LOG = `query Log($id: ID!, $nextToken: String) {
  ticketEvents(id: $id, limit: 100, nextToken: $nextToken) { items { comment reason changes { field to } } nextToken }
}`;

type Logged = Pick<TicketEvent, 'comment' | 'reason' | 'changes'>;

/** Something that the robot did, and how it is known again: a comment or a reason by its words, a status by itself. */
interface Deed {
  commandId: string;
  ticket: string;
  what: string;
}

describeInBrowser('a robot that works through random faults', () => {
  const data = mkdtempSync(join(tmpdir(), 'robot-'));
  const pages = Pages.forAllTests({ data });
  afterAll(() => rmSync(data, { recursive: true }));

  test(
    `finds each of its ${ACTIONS} comments and changes in the log once, or in the outbox (seed ${SEED})`,
    async () => {
      const random = xoroshiro128plus(SEED);
      const below = (n: number) => uniformInt(random, 0, n - 1);
      const port = Number(new URL(pages.system.url).port);
      // Each tab changes a ticket of its own, and talks about one that both have.
      const tickets = ['first', 'second', 'shared'];
      for (const id of tickets) {
        await pages.api(CREATE, { id, title: `Ticket ${id}` });
      }
      const first = await pages.open('alice', '#ticket=first');
      const tabs = [first, await pages.openTab(first, '#ticket=second')];
      const context = first.page.context();
      const go = (tab: number, ticket: string) => tabs[tab]!.page.goto(`${pages.url}/#ticket=${ticket}`);

      const faults: Record<string, (tab: number) => Promise<unknown>> = {
        nothing: () => Promise.resolve(),
        reload: (tab) => tabs[tab]!.page.reload(),
        'another ticket': (tab) => go(tab, [tickets[tab]!, 'shared'][below(2)]!),
        'another tab': (tab) => tabs[tab]!.page.bringToFront(),
        'no network': () => context.setOffline(true),
        network: () => context.setOffline(false),
        'error 503': () => context.route('**/graphql', (route) => route.fulfill({ status: 503 })),
        'lost answers': () =>
          context.route('**/graphql', async (route) => {
            await route.fetch().catch(() => undefined);
            await route.abort().catch(() => undefined);
          }),
        answers: () => context.unrouteAll({ behavior: 'ignoreErrors' }),
        restart: async () => {
          await pages.system.killGroup();
          pages.system = await RunningSystem.start({ data, port, flags: PAGES });
        },
      };
      const heal = async () => {
        await faults.answers!(0);
        // The desk hears of a network that comes back.
        await context.setOffline(true);
        await context.setOffline(false);
      };

      const known = new Set<string>();
      const deeds: Deed[] = [];
      /** Presses, and waits until the desk has taken it: at once, whatever the network does. */
      const act = async (tab: Window, press: () => Promise<void>, words?: string) => {
        await press();
        const fresh = await eventually(
          async () => (await commandsOf(tab)).filter(({ commandId }) => !known.has(commandId)),
          ({ length }) => length > 0,
        );
        expect(fresh).toHaveLength(1);
        const { commandId, command } = fresh[0]!;
        known.add(commandId);
        deeds.push({ commandId, ...knownBy(command, words) });
      };
      const comment = async (tab: Window) => {
        const words = `Comment ${deeds.length}`;
        await tab.field('Add a comment').fill(words);
        await act(tab, () => tab.button('Comment').click(), words);
      };
      const change = async (tab: Window) => {
        const reason = `Change ${deeds.length}`;
        await tab.button('Edit').click();
        const field = ['Title', 'Description', 'Tags', 'Assignee'][below(4)]!;
        await tab.ticket.getByLabel(field).fill(`${field} ${deeds.length}`);
        await tab.ticket.getByLabel('Why').fill(reason);
        await act(tab, () => tab.button('Save').click(), reason);
      };
      const press = async (tab: Window) => {
        const buttons = tab.ticket.getByRole('group', { name: 'Change status' }).getByRole('button');
        const chosen = below(await buttons.count());
        await act(tab, () => buttons.nth(chosen).click());
      };

      const happened: string[] = [];
      const began = Date.now();
      while (deeds.length < ACTIONS) {
        const at = below(2);
        const tab = tabs[at]!;
        // It takes as long as all the others.
        const possible = Object.keys(faults).filter((name) => name !== 'restart' || below(4) === 0);
        const name = possible[below(possible.length)]!;
        happened.push(name);
        if (name === 'reload' || name === 'another ticket') {
          // No page is loaded without a network.
          await context.setOffline(false);
        }
        await faults[name]!(at);
        const field = tab.field('Add a comment');
        if ((await field.count()) === 0) {
          // Without an answer the ticket is not shown, and nobody can write.
          await heal();
          await field.waitFor({ timeout: 120_000 });
        }
        const isOwn = !tab.page.url().includes('ticket=shared');
        const isFree = isOwn && (await tab.ticket.locator('.statuses[aria-busy=false]').count()) === 1;
        const possibleActs = isFree ? [comment, change, press] : [comment];
        await possibleActs[below(possibleActs.length)]!(tab);
        await pause(Math.max(0, began + deeds.length * PACE_MS - Date.now()));
      }
      console.info(happened.join(', '));

      await heal();
      await eventually(
        () =>
          first.outbox
            .getByRole('listitem')
            .filter({ hasText: /Sent in|Not sent yet|Sending/ })
            .count(),
        (unsent) => unsent === 0,
        200_000,
      );
      const logs = new Map<string, Logged[]>();
      for (const id of tickets) {
        logs.set(id, await eventsOf(id));
      }
      const waiting = new Set((await commandsOf(first, 'outbox')).map(({ commandId }) => commandId));
      expect(await first.outbox.locator('li.refused').count()).toBe(waiting.size);
      const arrived = deeds.filter(({ commandId }) => !waiting.has(commandId));
      for (const id of tickets) {
        expect(logs.get(id)!.slice(1).map(wordsOf)).toEqual(
          arrived.filter(({ ticket }) => ticket === id).map(({ what }) => what),
        );
      }
    },
    TIMEOUT_MS,
  );

  function knownBy({ input }: Command, words?: string): Omit<Deed, 'commandId'> {
    const { id, status } = input as { id: string; status?: string };
    return { ticket: id, what: words ?? status! };
  }

  function wordsOf({ comment, reason, changes }: Logged): string {
    const status = () => JSON.parse(String(changes.find(({ field }) => field === 'status')?.to)) as string;
    return comment ?? reason ?? status();
  }

  /** What is in the browser's outbox, and what was sent from it. */
  async function commandsOf({ page }: Window, where = '(outbox|sent)') {
    return page.evaluate<{ commandId: string; command: Command }[]>(`Object.entries(localStorage)
      .filter(([key]) => /^desk[.]${where}[.]alice[/]/.test(key))
      .map(([, text]) => JSON.parse(text))`);
  }

  async function eventsOf(id: string): Promise<Logged[]> {
    const events: Logged[] = [];
    let nextToken: string | null = null;
    do {
      const { data }: Answer<Query> = await post(pages.system.graphqlUrl, LOG, { id, nextToken });
      events.push(...data.ticketEvents!.items);
      nextToken = data.ticketEvents!.nextToken ?? null;
    } while (nextToken !== null);
    return events;
  }
});
