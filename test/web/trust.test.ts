import type { BrowserContext, Page, Route } from 'playwright-core';
import { eventually } from '../support/eventually';
import { CREATE, post, UPDATE } from '../support/http';
import { describeInBrowser } from './browser';
import { Pages } from './pages';

const MINUTE_MS = 60_000;
const LOG = `query Log($id: ID!) {
  ticketEvents(id: $id, limit: 100) { items { type comment changes { field to } } }
}`;

/** What people type gets to the log once, whatever happens on the way; and nothing happens that nobody wanted. */
describeInBrowser('the desk loses and doubles nothing', () => {
  const pages = Pages.forAllTests();
  const open: Pages['open'] = (...how) => pages.open(...how);
  const openTab: Pages['openTab'] = (...how) => pages.openTab(...how);
  const api: Pages['api'] = (...what) => pages.api(...what);
  const log = async (id: string) => (await post(pages.system.graphqlUrl, LOG, { id })).data.ticketEvents!.items;
  const comments = async (id: string) => (await log(id)).flatMap(({ comment }) => comment ?? []);
  /** Puts something in the place of the API, for commands and reads alike; the socket goes on. */
  async function replace(target: Page | BrowserContext, answer: (route: Route) => Promise<void>) {
    const requests: number[] = [];
    await target.route('**/graphql', (route) => {
      requests.push(Date.now());
      return answer(route);
    });
    return { requests, restore: () => target.unroute('**/graphql') };
  }

  test.each([
    ['an error 503', { status: 503, body: 'Service Unavailable' }],
    ['a page of somebody else with status 200', { status: 200, contentType: 'text/html', body: '<h1>Sign in</h1>' }],
  ])('after %s a comment is sent once, and the server is spared', async (_what, answer) => {
    const id = `spared-${answer.status}`;
    await api(CREATE, { id, title: `Spared ${answer.status}` });
    const alice = await open('alice', `#ticket=${id}`);
    await alice.live(2);
    const { requests, restore } = await replace(alice.page.context(), (route) => route.fulfill(answer));
    const tab = await openTab(alice, `#ticket=${id}`);
    await tab.list.getByText('The list could not be read.').waitFor();
    await alice.comment('Sent once');
    await alice.outbox.getByText('waiting for the server').waitFor();
    await alice.page.context().waitForEvent('response', (response) => response.url().endsWith('/graphql'));
    await restore();
    await alice.outbox.getByText('waiting for the server').waitFor({ state: 'detached' });
    const inAnyMinute = requests.map((from) => requests.filter((at) => at >= from && at < from + MINUTE_MS).length);
    expect(Math.max(...inAnyMinute)).toBeLessThanOrEqual(12);
    expect(requests.length).toBeGreaterThan(2);
    expect(await comments(id)).toEqual(['Sent once']);
    await tab.row(`Spared ${answer.status}`).waitFor();
  });

  test('a comment outlives a reload, another ticket and an answer that is lost', async () => {
    await api(CREATE, { id: 'outlives', title: 'Outlives' });
    const alice = await open('alice', '#ticket=outlives');
    await alice.field('Add a comment').fill('Pressed, then reloaded');
    await alice.button('Comment').click();
    await alice.page.reload();
    await alice.outbox.getByText('Pressed, then reloaded').waitFor();
    const { restore } = await replace(alice.page, async (route) => {
      await route.fetch();
      await route.abort();
    });
    await alice.page.goto(`${pages.url}/#`);
    await alice.outbox.getByRole('button', { name: 'Send now: Comment' }).click();
    // A read may be the first that finds no answer, and the command waits behind it.
    await eventually(
      () => comments('outlives'),
      (said) => said.length === 1,
    );
    await alice.outbox.getByText('waiting for the server').waitFor();
    await restore();
    await alice.outbox.getByText('Pressed, then reloaded').waitFor({ state: 'detached' });
    expect(await comments('outlives')).toEqual(['Pressed, then reloaded']);
  });

  test('without a network, but with a socket that survived, it says so; and sends when the network is back', async () => {
    await api(CREATE, { id: 'offline', title: 'Offline' });
    const alice = await open('alice', '#ticket=offline');
    await alice.live(2);
    await alice.page.context().setOffline(true);
    await alice.list.getByText('Offline since').waitFor();
    await alice.comment('Written on a train');
    await alice.outbox.getByText('waiting for the server').waitFor();
    await alice.page.context().setOffline(false);
    await alice.outbox.getByText('Written on a train').waitFor({ state: 'detached' });
    await alice.live(2);
    expect(await comments('offline')).toEqual(['Written on a train']);
  });

  test('two tabs have a draft each, and send their own', async () => {
    await api(CREATE, { id: 'tabs', title: 'Tabs' });
    const first = await open('alice', '#ticket=tabs');
    const second = await openTab(first, '#ticket=tabs');
    await first.field('Add a comment').fill('Of the first');
    await second.field('Add a comment').fill('Of the second');
    await first.comment('Of the first');
    await first.outbox.getByText('Of the first').waitFor({ state: 'detached' });
    expect(await second.field('Add a comment').inputValue()).toBe('Of the second');
    expect(await first.field('Add a comment').inputValue()).toBe('');
    await first.page.close();
    await second.page.reload();
    expect(await second.field('Add a comment').inputValue()).toBe('Of the second');
    expect(await comments('tabs')).toEqual(['Of the first']);
  });

  test('a double click closes and does not reopen; undo reopens; each press is a command', async () => {
    await api(CREATE, { id: 'double', title: 'Double' });
    const alice = await open('alice', '#ticket=double');
    await alice.button('Close').dblclick({ delay: 60 });
    await alice.button('Reopen').waitFor();
    await alice.outbox.getByRole('button', { name: 'Undo' }).click();
    await alice.button('Close').waitFor();
    await alice.page.locator('[aria-busy="false"] > button', { hasText: 'Close' }).click();
    await alice.button('Reopen').waitFor();
    const statuses = (await log('double')).slice(1).map(({ changes }) => JSON.parse(String(changes[0]!.to)) as string);
    expect(statuses).toEqual(['CLOSED', 'OPEN', 'CLOSED']);
  });

  test('what is refused stays with the reason, not in the server’s words, until it is edited or discarded', async () => {
    await api(CREATE, { id: 'refused', title: 'Refused' });
    const alice = await open('alice', '#ticket=refused');
    const errors = [{ path: ['ticket'], errorType: 'TicketNotFound', errorInfo: {}, message: 'raw: no ticket' }];
    const { restore } = await replace(alice.page, (route) =>
      route.request().postData()!.includes('addComment')
        ? route.fulfill({ json: { data: { ticket: null }, errors } })
        : route.continue(),
    );
    await alice.comment('Refused at first');
    await alice.outbox.getByText('The ticket is not there, or not yours any more.').waitFor();
    expect(await alice.page.getByText('raw:').count()).toBe(0);
    await alice.page.reload();
    await alice.outbox.getByRole('button', { name: 'Edit: Comment' }).click();
    await alice.outbox.getByText('Refused at first').waitFor({ state: 'detached' });
    expect(await alice.field('Add a comment').inputValue()).toBe('Refused at first');
    await alice.comment('Refused again');
    await alice.outbox.getByText('The ticket is not there').waitFor();
    await alice.outbox.getByRole('button', { name: 'Discard: Comment' }).click();
    await alice.outbox.getByText('Refused again').waitFor({ state: 'detached' });
    await restore();
    expect(await comments('refused')).toEqual([]);
  });

  test('Close, reload, reopened by somebody else, Close again: two commands; each change is undone by another', async () => {
    await api(CREATE, { id: 'again', title: 'Again' });
    const alice = await open('alice', '#ticket=again');
    await alice.button('Close').click();
    await alice.button('Reopen').waitFor();
    await alice.page.reload();
    await alice.live(2);
    await api(UPDATE, { id: 'again', status: 'OPEN' });
    await alice.page.locator('[aria-busy="false"] > button', { hasText: 'Close' }).click();
    await alice.button('Reopen').waitFor();
    await alice.button('Edit').click();
    await alice.ticket.getByLabel('Title').fill('Renamed');
    await alice.ticket.getByLabel('Tags').fill('tag');
    await alice.button('Save').click();
    await alice.outbox.getByRole('listitem').filter({ hasText: 'is saved' }).getByRole('button').click();
    await alice.ticket.getByRole('heading', { name: 'Again' }).waitFor();
    const changed = (await log('again'))
      .slice(1)
      .map(({ changes }) => changes.map(({ field, to }) => `${field} ${to}`));
    expect(changed).toEqual([
      ...[['status "CLOSED"'], ['status "OPEN"'], ['status "CLOSED"']],
      ...[
        ['title "Renamed"', 'tags ["tag"]'],
        ['title "Again"', 'tags []'],
      ],
    ]);
  });

  test('what can not be read any more is shown, and so is what nobody expected', async () => {
    const alice = await open('alice');
    await alice.page.evaluate(`localStorage.setItem('desk.outbox.alice/broken', '{"body":"Half a com')`);
    await alice.page.reload();
    expect(await alice.outbox.getByRole('textbox').inputValue()).toBe('{"body":"Half a com');
    await alice.outbox.getByRole('button', { name: 'Discard' }).click();
    await alice.outbox.getByRole('textbox').waitFor({ state: 'detached' });
    await alice.page.evaluate(`void Promise.reject(new Error('unexpected'))`);
    await alice.page.getByText('Something went wrong in this page.').waitFor();
    await alice.button('Reload').click();
    await alice.page.getByText('Something went wrong in this page.').waitFor({ state: 'detached' });
    expect(alice.errors.splice(0)).toEqual([expect.stringContaining('unexpected')]);
  });

  test('a comment and a new ticket can be taken back for ten seconds, and are back in their forms', async () => {
    await api(CREATE, { id: 'back', title: 'Taken back' });
    const alice = await open('alice', '#ticket=back');
    await alice.field('Add a comment').fill('Too quick');
    await alice.button('Comment').click();
    await alice.outbox.getByRole('button', { name: 'Take back: Comment' }).click();
    await alice.page.waitForFunction('document.querySelector(".comments textarea").value === "Too quick"');

    await alice.button('New ticket').click();
    const dialog = alice.page.getByRole('dialog');
    await dialog.getByLabel('Title').fill('Too quick, too');
    await dialog.getByRole('button', { name: 'Create ticket' }).click();
    await alice.button('Take back').click();
    await dialog.waitFor();
    expect(await dialog.getByLabel('Title').inputValue()).toBe('Too quick, too');
    await dialog.getByRole('button', { name: 'Discard' }).click();
    await dialog.getByRole('button', { name: 'Undo discard' }).click();
    expect(await dialog.getByLabel('Title').inputValue()).toBe('Too quick, too');
    expect(await comments('back')).toEqual([]);
  });

  test('a link that is opened in a new tab keeps a requester who they are', async () => {
    const ann = await open('ann');
    await ann.create('Mine');
    const [page] = await Promise.all([
      ann.page.context().waitForEvent('page'),
      ann.row('Mine').click({ modifiers: ['Control'] }),
    ]);
    await page.getByRole('heading', { name: 'Mine' }).waitFor();
    expect(await page.getByLabel('You are').inputValue()).toBe('ann');
    expect(await page.evaluate('document.title')).toBe('Mine · Ticket desk');
  });

  test('a conflict that is put off asks again, and a colleague’s save is announced to who edits', async () => {
    await api(CREATE, { id: 'asks', title: 'As it was' });
    const bob = await open('bob', '#ticket=asks');
    await bob.live(2);
    await bob.button('Edit').click();
    await bob.ticket.getByLabel('Title').fill('Mine');
    await api(UPDATE, { id: 'asks', title: 'Theirs' });
    await bob.ticket.getByText('changed title while you edit').waitFor();
    for (const _ of [1, 2]) {
      await bob.button('Save').click();
      await bob.page.getByRole('dialog').waitFor();
      await bob.page.keyboard.press('Escape');
      await bob.page.getByRole('dialog').waitFor({ state: 'detached' });
    }
    expect((await log('asks')).length).toBe(2);
    expect(await bob.ticket.getByLabel('Title').inputValue()).toBe('Mine');
  });

  test('what is typed between Save and its answer is kept, and so is what is cancelled', async () => {
    await api(CREATE, { id: 'between', title: 'Before' });
    const alice = await open('alice', '#ticket=between');
    await alice.button('Edit').click();
    await alice.ticket.getByLabel('Title').fill('Saved');
    let answer: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (answer = resolve));
    const { restore } = await replace(alice.page, async (route) => {
      await held;
      await route.continue();
    });
    await alice.button('Save').click();
    await alice.field('Description').fill('Typed meanwhile');
    answer();
    await alice.row('Saved').waitFor();
    await restore();
    expect(await alice.field('Description').inputValue()).toBe('Typed meanwhile');
    await alice.button('Cancel').click();
    await alice.outbox.getByRole('listitem').filter({ hasText: 'thrown away' }).getByRole('button').click();
    expect(await alice.field('Description').inputValue()).toBe('Typed meanwhile');
    await alice.button('Save').click();
    await alice.button('Edit').waitFor();
    expect((await log('between')).slice(1).map(({ changes }) => changes.map(({ field }) => field))).toEqual([
      ['title'],
      ['description'],
    ]);
  });

  test('a paste that does not fit is refused with a count, Enter in a line sends nothing, Back closes the dialog', async () => {
    const alice = await open('alice');
    await alice.button('New ticket').click();
    const dialog = alice.page.getByRole('dialog');
    const title = dialog.getByLabel('Title');
    expect(await alice.page.evaluate<string>('document.activeElement.tagName')).toBe('INPUT');
    await title.fill('Kept');
    await title.press('Enter');
    const paste = (content: string) =>
      alice.page.evaluate(`{
        const clipboardData = new DataTransfer();
        clipboardData.${content};
        const paste = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
        document.activeElement.dispatchEvent(paste);
      }`);
    await paste(`setData('text/plain', 'W'.repeat(5000))`);
    await dialog.getByText('5,004 characters').waitFor();
    await paste(`items.add(new File(['x'], 'screenshot.png', { type: 'image/png' }))`);
    await dialog.getByText('Attachments are not supported').waitFor();
    expect(await title.inputValue()).toBe('Kept');
    await alice.page.goBack();
    await dialog.waitFor({ state: 'detached' });
    expect(alice.page.url()).toContain(pages.url);
    await alice.list.getByText('Tickets').first().waitFor();
  });

  test.each(['Pacific/Auckland', 'Asia/Kolkata', 'America/Los_Angeles'])(
    'in %s a day begins when it begins there',
    async (timezoneId) => {
      const alice = await open('alice', '', { timezoneId });
      await alice.button('More filters').click();
      await alice.field('Changed since').fill('2026-03-01');
      await alice.page.waitForURL(/updatedSince/);
      const since = new URLSearchParams(new URL(alice.page.url()).hash.slice(1)).get('updatedSince')!;
      const there = new Date(since).toLocaleString('sv', { timeZone: timezoneId });
      expect(there).toBe('2026-03-01 00:00:00');
      expect(await alice.field('Changed since').inputValue()).toBe('2026-03-01');
    },
  );

  test('the focus is never lost, and Tab leads from a row to the ticket', async () => {
    await Promise.all(Array.from({ length: 30 }, (_, i) => api(CREATE, { id: `focus-${i}`, title: `Focus ${i}` })));
    const alice = await open('alice', '#titleContains=Focus');
    const { page } = alice;
    const focused = () =>
      page.evaluate<string>(
        "document.activeElement.tagName + ' ' + (document.activeElement.ariaLabel ?? document.activeElement.textContent)",
      );
    await alice.list.getByText('All 30 tickets').waitFor();
    await alice.list.getByRole('link').nth(1).focus();
    for (const key of ['End', 'Home', 'PageDown', 'ArrowUp', 'Enter']) {
      await page.keyboard.press(key);
      expect(await focused()).toMatch(/^A Focus/);
    }
    await alice.button('Edit').waitFor();
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('BUTTON Edit');

    await page.keyboard.press('Enter');
    await alice.button('Save').waitFor();
    expect(await focused()).toBe('INPUT ');
    await page.keyboard.type('!');
    await alice.button('Save').press('Enter');
    await alice.button('Edit').waitFor();
    expect(await focused()).toMatch(/^SECTION Ticket/);
    await alice.button('Edit').click();
    await alice.button('Cancel').press('Enter');
    expect(await focused()).toMatch(/^SECTION Ticket/);
    await alice.button('Close').press('Enter');
    await alice.button('Reopen').waitFor();
    expect(await focused()).toMatch(/^DIV Change status/);
    await alice.field('Add a comment').fill('Said');
    await alice.button('Comment').press('Enter');
    expect(await focused()).toBe('BUTTON Comment');
    await alice.outbox.getByRole('button', { name: 'Send now' }).press('Enter');
    await alice.outbox.getByText('Said').waitFor({ state: 'detached' });
    expect(await focused()).toBe('SECTION Outbox');

    await alice.button('New ticket').press('Enter');
    expect(await focused()).toBe('INPUT ');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await focused()).toBe('BUTTON New ticket');
    await page.goBack();
    await page.setViewportSize({ width: 500, height: 800 });
    await page.goto(`${pages.url}/#titleContains=Focus`);
    await alice.list.getByRole('link').nth(2).press('Enter');
    await alice.button('Edit').waitFor();
    expect(await focused()).toMatch(/^SECTION Ticket/);
  });

  test('a link with a filter that nobody knows says so, and lists the rest', async () => {
    await api(CREATE, { id: 'listed', title: 'Listed all the same' });
    const alice = await open('alice', '#status=NOPE&updatedSince=yesterday');
    await alice.list.getByText('The link asks for status=NOPE, updatedSince=yesterday').waitFor();
    await alice.row('Listed all the same').waitFor();
    expect(await alice.list.getByText('Offline').count()).toBe(0);
  });
});
