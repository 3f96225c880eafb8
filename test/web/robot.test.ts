import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import type { Query } from '../../generated/schema';
import { type Answer, CREATE, post } from '../support/http';
import { RunningSystem } from '../support/system';
import { buildWeb, describeInBrowser, launch, Window } from './browser';

const FLAGS = ['--web', join(__dirname, '..', '..', 'web', 'dist')];

/** `npm run test:robot` writes more, for longer. */
const COMMENTS = Number(process.env.ROBOT_COMMENTS ?? 12);
const SEED = Number(process.env.ROBOT_SEED ?? Date.now() % 2 ** 31);
/** Half a minute for each five, and two for what is sent last. */
const TIMEOUT_MS = 120_000 + COMMENTS * 6_000;
const LOG = `query Log($id: ID!, $nextToken: String) {
  ticketEvents(id: $id, limit: 100, nextToken: $nextToken) { items { comment } nextToken }
}`;

describeInBrowser('a robot that writes through random faults', () => {
  const data = mkdtempSync(join(tmpdir(), 'robot-'));
  let system: RunningSystem;
  let browser: Browser;
  beforeAll(async () => {
    buildWeb();
    system = await RunningSystem.start({ data, flags: FLAGS });
    browser = await launch();
  });
  afterAll(async () => {
    await browser?.close();
    await system?.stop();
    rmSync(data, { recursive: true });
  });

  test(
    `finds each of its ${COMMENTS} comments in the log, once (seed ${SEED})`,
    async () => {
      const random = xoroshiro128plus(SEED);
      const below = (n: number) => uniformInt(random, 0, n - 1);
      const port = Number(new URL(system.url).port);
      const url = `${system.url.replace('127.0.0.1', 'localhost')}/#ticket=`;
      const tickets = ['one', 'two'];
      for (const id of tickets) {
        await post(system.graphqlUrl, CREATE, { input: { id, title: `Ticket ${id}` } });
      }
      const tabs = [await Window.open(browser, `${url}one`, 'alice')];
      tabs.push(await tabs[0]!.openTab(`${url}two`));
      const context = tabs[0]!.page.context();
      const faults: Record<string, (tab: Window) => Promise<unknown>> = {
        nothing: () => Promise.resolve(),
        reload: ({ page }) => page.reload(),
        'another ticket': ({ page }) => page.goto(`${url}${tickets[below(2)]!}`),
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
          await system.killGroup();
          system = await RunningSystem.start({ data, port, flags: FLAGS });
        },
      };
      const names = Object.keys(faults);
      const written: string[] = [];
      const happened: string[] = [];
      while (written.length < COMMENTS) {
        const tab = tabs[below(2)]!;
        // It takes as long as all the others.
        const possible = names.filter((name) => name !== 'restart' || below(4) === 0);
        const name = possible[below(possible.length)]!;
        happened.push(name);
        // No page is loaded without a network.
        if (name === 'reload' || name === 'another ticket') {
          await context.setOffline(false);
        }
        await faults[name]!(tab);
        const field = tab.field('Add a comment');
        // Without an answer the ticket is not shown, and nobody can write.
        if ((await field.count()) === 1) {
          const words = `Comment ${written.length}`;
          await field.fill(words);
          await tab.button('Comment').click();
          written.push(words);
        } else {
          await faults.answers!(tab);
          await context.setOffline(false);
        }
      }
      console.info(happened.join(', '));
      await faults.answers!(tabs[0]!);
      await context.setOffline(false);
      for (const { outbox } of tabs) {
        await outbox.getByText('Not sent yet').first().waitFor({ state: 'detached', timeout: 110_000 });
      }
      const logged = (await Promise.all(tickets.map(commentsOf))).flat();
      expect(logged.sort()).toEqual(written.sort());
      await tabs[0]!.close();
    },
    TIMEOUT_MS,
  );

  async function commentsOf(id: string): Promise<string[]> {
    const comments: string[] = [];
    let nextToken: string | null = null;
    do {
      const { data }: Answer<Query> = await post(system.graphqlUrl, LOG, { id, nextToken });
      comments.push(...data.ticketEvents!.items.flatMap(({ comment }) => comment ?? []));
      nextToken = data.ticketEvents!.nextToken ?? null;
    } while (nextToken !== null);
    return comments;
  }
});
