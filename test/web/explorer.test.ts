import { execFileSync } from 'node:child_process';
import { eventually } from '../support/eventually';
import { CREATE, UPDATE } from '../support/http';
import { describeInBrowser } from './browser';
import { Pages } from './pages';

const PERMISSIONS = { permissions: ['clipboard-read', 'clipboard-write'] };

describeInBrowser('the explorer', () => {
  const pages = Pages.forAllTests();
  beforeAll(() => pages.api(CREATE, { id: 'printer', title: 'Printer on fire' }));

  async function open(path = 'explorer/', options = {}) {
    const { page } = await pages.openExplorer(path, options);
    const response = page.locator('.graphiql-response .CodeMirror-code');
    return {
      page,
      response,
      tabs: page.getByRole('tab'),
      run: () => page.getByRole('button', { name: /^Execute query/ }).click(),
      stop: () => page.getByRole('button', { name: /^Stop query/ }).click(),
      choose: (example: string) => page.getByLabel('Example').selectOption(example),
      askAs: (who: string) => page.getByLabel('Ask as').selectOption(who),
      exchange: page.getByRole('region', { name: 'Request' }),
      /** The editor draws the lines in sight alone; this is all of its text. */
      text: (of: string) => page.evaluate<string>(`document.querySelector('${of} .CodeMirror').CodeMirror.getValue()`),
    };
  }

  test('asks as one or another at once when an example is chosen, and says what came back, when and as whom', async () => {
    const { choose, askAs, run, response, exchange } = await open();
    await exchange.getByText('Nothing is asked yet.').waitFor();
    await choose('Mutation.updateTicket');
    await askAs('alice, agent');
    await run();
    await response.getByText('"ON_HOLD"').waitFor();
    await exchange.getByText(/^200 OK in \d+ ms, \d+ bytes, as alice, agent, at \d/).waitFor();
    await choose('Query.ticket');
    await askAs('ben, requester');
    await run();
    await response.getByText('null').waitFor();
    await exchange.getByText(/^200 OK .* as ben, requester/).waitFor();
  });

  test('keeps all that a subscription receives, and ends it when somebody else asks', async () => {
    const { page, choose, askAs, run, response, text } = await open();
    await choose('Subscription.onTicketChanged');
    await askAs('bob, agent');
    await run();
    await response.getByText('"subscribed"').waitFor();
    for (const title of ['First', 'Second']) {
      await pages.api(CREATE, { id: title, title });
      await response.getByText(`"${title}"`, { exact: true }).first().waitFor();
    }
    await askAs('alice, agent');
    await response.getByText('You ask as alice, agent from now on.').waitFor();
    await page.getByRole('button', { name: /^Execute query/ }).waitFor();
    await pages.api(CREATE, { id: 'Third', title: 'Third' });
    const transcript = JSON.parse(await text('.graphiql-response')) as {
      as: string;
      newestFirst: { at: string; is?: string; received?: { data: { onTicketChanged: { id: string } } } }[];
    };
    expect(transcript.as).toBe('bob, agent');
    const happened = transcript.newestFirst.map(({ is, received }) => is ?? received?.data.onTicketChanged.id);
    expect(happened).toEqual(['ended', 'Second', 'First', 'subscribed', 'asked']);
    const times = transcript.newestFirst.map(({ at }) => Date.parse(at));
    expect(times).toEqual([...times].sort((a, b) => b - a));
  });

  test('a subscription that is stopped, or whose tab is left, receives nothing more, and says why one is refused', async () => {
    const { page, choose, run, stop, response, text, tabs } = await open();
    const socket = page.waitForEvent('websocket');
    await choose('Subscription.onTicketChanged');
    await run();
    await response.getByText('"subscribed"').waitFor();
    const unsubscribed = (await socket).waitForEvent('framesent', ({ payload }) =>
      payload.toString().includes('"stop"'),
    );
    await stop();
    await response.getByText('You stopped it.').waitFor();
    await unsubscribed;

    await run();
    await response.getByText('"subscribed"').waitFor();
    await page.getByRole('button', { name: 'New tab' }).click();
    await page.getByRole('button', { name: /^Execute query/ }).waitFor();
    await pages.api(UPDATE, { id: 'printer', title: 'While another tab is in front' });
    expect(await text('.graphiql-response')).toBe('');
    await tabs.first().getByRole('button').first().click();
    await choose('Subscription.onTicketChanged');

    await page.evaluate(`document.querySelector('.graphiql-query-editor .CodeMirror').CodeMirror.setValue(
      'subscription { onTicketChanged(id: "printer") { nonsense } }')`);
    await run();
    await response.getByText('"ended"').waitFor();
    expect(await text('.graphiql-response')).toContain('nonsense');
  });

  test('examples take the place of each other, and not of what was typed; a reload adds no tab', async () => {
    const { page, choose, tabs, text } = await open();
    for (const example of ['Query.ticket', 'Mutation.addComment', 'Query.ticketEvents', 'Query.tickets']) {
      await choose(example);
    }
    expect(await tabs.count()).toBe(1);
    await page.getByLabel('Query', { exact: true }).press('Control+End');
    await page.keyboard.type(' # typed');
    await page.getByLabel('Example').and(page.locator(':has(option:checked[value=""])')).waitFor();
    for (const example of ['Mutation.addComment', 'Query.ticket']) {
      await choose(example);
    }
    expect(await tabs.count()).toBe(2);
    expect(await text('.graphiql-query-editor')).toContain('query Ticket(');
    await tabs.first().getByRole('button').first().click();
    expect(await text('.graphiql-query-editor')).toContain('# typed');
    await eventually(
      () => page.evaluate<string>('localStorage.getItem("graphiql:tabState")'),
      (kept) => kept.includes('"activeTabIndex":0') && kept.includes('# typed') && kept.includes('query Ticket('),
    );
    await page.reload();
    await page.getByLabel('Response', { exact: true }).waitFor();
    expect(await tabs.count()).toBe(2);
    expect(await text('.graphiql-query-editor')).toContain('# typed');
  });

  test('gives a link that opens the same as the same person, and a command for a shell that asks the same', async () => {
    const { page, choose, askAs, run, response, exchange } = await open('explorer/', PERMISSIONS);
    await choose('Query.ticket');
    await askAs('carol, agent');
    await run();
    await response.getByText('"printer"').waitFor();
    await exchange.getByRole('button', { name: 'Copy as curl' }).click();
    await exchange.getByText('Command, with its authorization: copied.').waitFor();
    const command = await page.evaluate<string>('navigator.clipboard.readText()');
    expect(await exchange.getByRole('textbox').inputValue()).toBe(command);
    const answer = execFileSync('sh', ['-c', `${command} --silent`], { encoding: 'utf8' });
    expect(JSON.parse(answer)).toMatchObject({ data: { ticket: { id: 'printer' } } });

    await exchange.getByRole('button', { name: 'Copy link' }).click();
    await exchange.getByText('Link, without headers: copied.').waitFor();
    const link = await page.evaluate<string>('navigator.clipboard.readText()');
    expect(link).not.toContain('eyJ');
    const other = await open(link.slice(pages.url.length + 1));
    expect(await other.page.getByLabel('Ask as').locator('option:checked').textContent()).toBe('carol, agent');
    await other.run();
    await other.response.getByText('"printer"').waitFor();
    expect(await other.tabs.count()).toBe(1);
  });

  test('a server that is away, or something else in its place, is said in words', async () => {
    const { page, run, response, exchange } = await open();
    await page.route('**/graphql', (route) => route.abort());
    await run();
    await response.getByText('The server does not answer. Start it, then ask again.').waitFor();
    await page.unrouteAll();
    await page.route('**/graphql', (route) => route.fulfill({ status: 502, body: '<h1>Bad gateway</h1>' }));
    await run();
    await response.getByText('<h1>Bad gateway</h1>').waitFor();
    await exchange.getByText(/^502 /).waitFor();
  });
});
