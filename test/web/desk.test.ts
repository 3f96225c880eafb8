import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { CREATE, EVENTS, post, UPDATE } from '../support/http';
import { RunningSystem } from '../support/system';
import { describeInBrowser, type Window } from './browser';
import { Pages, PAGES } from './pages';

describeInBrowser('the ticket desk', () => {
  const data = mkdtempSync(join(tmpdir(), 'desk-'));
  const pages = Pages.forAllTests({ data });
  const open: Pages['open'] = (...how) => pages.open(...how);
  const api: Pages['api'] = (...what) => pages.api(...what);
  afterAll(() => rmSync(data, { recursive: true }));

  test('creates a ticket, finds it, changes it, comments on it, and shows what it was', async () => {
    const alice = await open('alice');
    await alice.list.getByText('No tickets yet').waitFor();
    await alice.create('The lift is stuck');
    const { ticket, page } = alice;

    await alice.button('Edit').click();
    await alice.field('Description').fill('Between the second and the third floor.');
    await ticket.getByLabel('Priority').selectOption('URGENT');
    await ticket.getByLabel('Tags').fill('Building, lift');
    await ticket.getByLabel('Why').fill('People are in it');
    await alice.button('Save').click();
    await ticket.getByText('Between the second').first().waitFor();

    await alice.button('Start work').click();
    await ticket.getByRole('button', { name: 'Back to open' }).waitFor();
    expect(await ticket.getByRole('group', { name: 'Change status' }).getByRole('button').allTextContents()).toEqual([
      'Back to open',
      'Put on hold',
      'Resolve',
      'Close',
    ]);
    await alice.comment('Help is on the way');
    await ticket.getByRole('region', { name: 'Comments' }).getByText('Help is on the way').waitFor();

    const history = ticket.getByRole('region', { name: 'History' });
    await history.getByText('Version 4 of 4').waitFor();
    expect(await history.getByRole('listitem').count()).toBe(4);
    expect(await history.getByText('People are in it').count()).toBe(1);
    await history.getByRole('button', { name: 'v1, show this version' }).click();
    await ticket.getByText('as it was at version 1').waitFor();
    expect(await ticket.getByText('No description.').count()).toBe(1);
    expect(await ticket.getByText('Nobody has said anything yet.').count()).toBe(1);
    await history.getByRole('slider').press('ArrowRight');
    await ticket.getByText('as it was at version 2').waitFor();
    await alice.button('Back to now').click();

    await alice.list.getByLabel('Title', { exact: true }).fill('LIFT IS');
    await page.waitForURL(/titleContains=LIFT/);
    await alice.list.getByLabel('Status', { exact: true }).selectOption('In progress');
    await alice.row('The lift is stuck').waitFor();
    await alice.list.getByLabel('Status', { exact: true }).selectOption('Closed');
    await alice.list.getByText('No ticket is like that').waitFor();
  });

  test('shows in one window what happens in another, and in a list what enters and leaves it', async () => {
    const [alice, bob] = await Promise.all([open('alice', '#status=OPEN'), open('bob')]);
    await Promise.all([alice.live(1), bob.live(1)]);
    await bob.create('Seen by both');
    await alice.row('Seen by both').click();
    await alice.live(2);
    await bob.button('Close').click();
    await alice.ticket.getByText('Closed').first().waitFor();
    await alice.row('Seen by both').waitFor({ state: 'detached' });
  });

  test('a requester sees tickets of their own, and is offered what they may', async () => {
    const ann = await open('ann');
    await ann.create('The requester’s own');
    expect(
      await ann.ticket.getByRole('group', { name: 'Change status' }).getByRole('button').allTextContents(),
    ).toEqual(['Close']);
    await ann.button('Edit').click();
    expect(await ann.ticket.getByLabel('Priority').count()).toBe(0);
    await api(CREATE, { id: 'not-anns', title: 'Somebody else’s' });
    await ann.page.goto(`${pages.url}/#ticket=not-anns`);
    await ann.page.reload();
    await ann.ticket.getByText('There is no such ticket, or it is not yours.').waitFor();
    expect(await ann.row('Somebody else').count()).toBe(0);
  });

  test('starts by itself once the server answers: no error and no page of somebody else is an answer', async () => {
    const window = await open('alice');
    const { page } = window;
    for (const answer of [
      { status: 503 },
      { status: 200, contentType: 'text/html', body: '<p>Sign in to the Wi-Fi' },
    ]) {
      await page.route('**/config.json', (route) => route.fulfill(answer));
      await page.reload();
      await page.getByText('The desk tries again by itself.').waitFor();
      await page.unrouteAll();
      await window.live(1);
    }
  });

  test('agents write notes and say why among themselves, and the requester beside them sees neither', async () => {
    const ann = await open('ann');
    await ann.create('The lamp flickers');
    const alice = await open('alice');
    await alice.row('The lamp flickers').click();
    const comments = alice.ticket.getByRole('region', { name: 'Comments' });

    await alice.ticket.getByLabel('Internal note').check();
    await alice.field('Add an internal note').fill('She broke it herself');
    // Which it is to be is kept with what is typed.
    await alice.page.reload();
    await alice.ticket.getByText('Agents alone see it.').waitFor();
    expect(await alice.field('Add an internal note').inputValue()).toBe('She broke it herself');
    await alice.button('Add internal note').click();
    await alice.page.getByRole('button', { name: /^Take back: Internal note on/ }).click();
    await alice.ticket.getByText('Agents alone see it.').waitFor();
    await alice.button('Add internal note').click();
    await alice.page.getByRole('button', { name: /^Send now: Internal note on/ }).click();
    const note = comments.getByRole('listitem').filter({ hasText: 'She broke it herself' });
    await note.getByText('Internal', { exact: true }).waitFor();
    await comments.locator('li.internal:not(.unsent)').waitFor();

    await alice.button('Edit').click();
    await alice.ticket.getByLabel('Priority').selectOption('LOW');
    await alice.ticket.getByLabel('Why (internal: agents alone see it)').fill('Can wait for her');
    await alice.button('Save').click();
    await alice.ticket.getByRole('region', { name: 'History' }).getByText('Can wait for her').waitFor();
    await alice.comment('We are looking into it');

    await ann.ticket.getByText('We are looking into it').first().waitFor();
    const history = ann.ticket.getByRole('region', { name: 'History' });
    await history.getByText('Version 4 of 4').waitFor();
    expect(await history.getByText('an agent did something that is for agents').count()).toBe(1);
    expect(await history.getByText('Low').count()).toBe(1);
    const seen = (await ann.page.locator('body').textContent())!;
    expect(seen).not.toMatch(/She broke it|Can wait|Internal/);
    expect(await ann.ticket.getByLabel('Internal note').count()).toBe(0);
  });

  async function bothEdit(id: string): Promise<[Window, Window]> {
    await api(CREATE, { id, title: 'As it was' });
    const [alice, bob] = await Promise.all([open('alice', `#ticket=${id}`), open('bob', `#ticket=${id}`)]);
    for (const window of [alice, bob]) {
      await window.button('Edit').click();
    }
    return [alice, bob];
  }

  test.each([
    ['theirs', 'All theirs', 'Alice was first'],
    ['mine', 'All mine', 'Bob was second'],
    ['a third', undefined, 'Both are in it'],
  ])('of two who edit the same the second sees both values, and takes %s', async (which, choice, title) => {
    const [alice, bob] = await bothEdit(`conflict-${which.replace(' ', '-')}`);
    await alice.ticket.getByLabel('Title').fill('Alice was first');
    await bob.ticket.getByLabel('Title').fill('Bob was second');
    await alice.button('Save').click();
    await alice.ticket.getByRole('heading', { name: 'Alice was first' }).waitFor();
    await bob.button('Save').click();

    const dialog = bob.page.getByRole('dialog');
    await dialog.waitFor();
    const words = (await dialog.textContent())!;
    for (const value of ['As it was', 'Alice was first', 'Bob was second', 'alice was faster']) {
      expect(words).toContain(value);
    }
    if (choice) {
      await dialog.getByRole('button', { name: choice }).click();
    } else {
      await dialog.getByLabel('Or merge by hand').fill(title);
    }
    await dialog.getByRole('button', { name: 'Save what is chosen' }).click();
    await bob.ticket.getByRole('heading', { name: title }).waitFor();
    await alice.ticket.getByRole('heading', { name: title }).waitFor();
  });

  test('a field that one empties is empty for all, and a conflict for the one who rewrites it meanwhile', async () => {
    await api(CREATE, { id: 'emptied', title: 'As it was', description: 'Old words', assignee: 'carol' });
    const [alice, bob] = await Promise.all([open('alice', '#ticket=emptied'), open('bob', '#ticket=emptied')]);
    for (const window of [alice, bob]) {
      await window.button('Edit').click();
    }
    await alice.ticket.getByLabel('Description').fill('');
    await alice.ticket.getByLabel('Assignee').fill('');
    await bob.ticket.getByLabel('Description').fill('Better words');
    await alice.button('Save').click();
    await alice.ticket.getByText('No description.').waitFor();
    await alice.ticket.getByText('nobody', { exact: true }).waitFor();
    await bob.button('Save').click();

    const dialog = bob.page.getByRole('dialog');
    await dialog.waitFor();
    expect(await dialog.textContent()).toContain('Theirs none');
    await dialog.getByRole('button', { name: 'All theirs' }).click();
    await dialog.getByRole('button', { name: 'Save what is chosen' }).click();
    await bob.ticket.getByText('No description.').waitFor();
    await bob.ticket.getByText('nobody', { exact: true }).waitFor();
  });

  test('changes of two people to different fields come together without asking', async () => {
    const [alice, bob] = await bothEdit('together');
    await alice.ticket.getByLabel('Title').fill('A better title');
    await alice.button('Save').click();
    await alice.ticket.getByRole('heading', { name: 'A better title' }).waitFor();
    await bob.ticket.getByLabel('Description').fill('A better description');
    await bob.button('Save').click();
    await alice.ticket.getByText('A better description').first().waitFor();
    await bob.ticket.getByRole('heading', { name: 'A better title' }).waitFor();
    await bob.outbox.getByText('put together with a colleague’s change of title').waitFor();
  });

  test('keeps what was typed over a reload', async () => {
    await api(CREATE, { id: 'typed', title: 'Typed' });
    const alice = await open('alice', '#ticket=typed');
    await alice.field('Add a comment').fill('Not yet sent');
    await alice.button('Edit').click();
    await alice.ticket.getByLabel('Title').fill('Not yet saved');
    await alice.page.reload();
    await alice.ticket.getByLabel('Title').waitFor();
    expect(await alice.ticket.getByLabel('Title').inputValue()).toBe('Not yet saved');
    expect(await alice.field('Add a comment').inputValue()).toBe('Not yet sent');
    expect(await alice.ticket.getByText(/^Draft from/).count()).toBe(2);
    await alice.row('Typed').getByText('Draft').waitFor();
    await alice.button('New ticket').click();
    await alice.page.getByRole('dialog').getByLabel('Title').fill('A new one');
    await alice.page.reload();
    await alice.button('New ticket').click();
    expect(await alice.page.getByRole('dialog').getByLabel('Title').inputValue()).toBe('A new one');
    await alice.button('Discard').click();
  });

  test('goes on after a restart of the server: hears what it missed, and sends once what was not sent', async () => {
    await api(CREATE, { id: 'restarted', title: 'Before' });
    const alice = await open('alice', '#ticket=restarted');
    await alice.live(2);
    const port = Number(new URL(pages.system.url).port);
    await pages.system.killGroup();
    await alice.page.locator('.connection-live').first().waitFor({ state: 'detached' });
    await alice.field('Add a comment').fill('Typed while it was away');
    await alice.button('Comment').click();
    await alice.outbox.getByRole('button', { name: 'Send now: Comment' }).click();
    await alice.outbox.getByText('waiting for the server').waitFor();

    pages.system = await RunningSystem.start({ data, flags: PAGES });
    await api(UPDATE, { id: 'restarted', title: 'Meanwhile' });
    await pages.system.stop();
    pages.system = await RunningSystem.start({ data, port, flags: PAGES });
    // The longer the outage, the longer the desk waits between tries: up to 15 s, for its socket and then its reads.
    alice.page.setDefaultTimeout(90_000);
    await alice.ticket.getByRole('heading', { name: 'Meanwhile' }).waitFor();
    await alice.row('Meanwhile').waitFor();
    const comments = alice.ticket.getByRole('region', { name: 'Comments' });
    await comments.getByRole('listitem').filter({ hasText: 'Typed while it was away' }).waitFor();
    const { data: history } = await post(pages.system.graphqlUrl, EVENTS, { id: 'restarted' });
    expect(history.ticketEvents!.items.map(({ type }) => type)).toEqual([
      'TicketCreated',
      'TicketUpdated',
      'TicketCommented',
    ]);
  });

  const HOSTILE = [
    '<script>alert(1)</script><img src=x onerror=alert(2)>',
    'javascript:alert(3)',
    '\u202Eevil\u202C and [link](javascript:alert(4))',
    '"><svg onload=alert(5)>',
  ];
  test('shows hostile text as text, and long words without breaking', async () => {
    const long = 'W'.repeat(10_000);
    const alice = await open('alice');
    for (const [i, text] of HOSTILE.entries()) {
      const id = `hostile-${i}`;
      await api(CREATE, { id, title: text, description: text, tags: [text.slice(0, 40)], assignee: text });
      await post(pages.system.graphqlUrl, 'mutation($input: AddCommentInput!) { addComment(input: $input) { id } }', {
        input: { id, body: text },
      });
      await alice.page.goto(`${pages.url}/#ticket=${id}`);
      await alice.ticket.getByRole('heading', { name: text }).waitFor();
      await alice.ticket
        .getByRole('region', { name: 'Comments' })
        .getByRole('listitem')
        .filter({ hasText: text })
        .waitFor();
    }
    await api(CREATE, { id: 'long', title: long.slice(0, 200), description: long, assignee: long.slice(0, 128) });
    await api(UPDATE, { id: 'long', reason: long.slice(0, 1000), title: 'x' });
    await alice.page.goto(`${pages.url}/#ticket=long`);
    await alice.ticket.getByText(long.slice(0, 300)).first().waitFor();
    for (const width of [1280, 380]) {
      await alice.page.setViewportSize({ width, height: 860 });
      const overflow = await alice.page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
      expect(overflow).toBeLessThanOrEqual(0);
      const pane = await alice.page.evaluate<number>(
        'document.querySelector(".ticket").scrollWidth - document.querySelector(".ticket").clientWidth',
      );
      expect(pane).toBeLessThanOrEqual(0);
    }
  });

  test('is used by the keyboard alone', async () => {
    await api(CREATE, { id: 'keys-1', title: 'Keys one' });
    await api(CREATE, { id: 'keys-2', title: 'Keys two' });
    const alice = await open('alice');
    await alice.row('Keys one').waitFor();
    await alice.row('Keys two').focus();
    await alice.page.keyboard.press('ArrowDown');
    await alice.page.keyboard.press('Enter');
    await alice.ticket.getByRole('heading', { name: 'Keys one' }).waitFor();
    await alice.button('New ticket').focus();
    await alice.page.keyboard.press('Enter');
    await alice.page.getByRole('dialog').waitFor();
    await alice.page.keyboard.press('Escape');
    await alice.page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  test('is loaded with at most 250 KB of scripts, compressed', async () => {
    const context = await pages.browser.newContext();
    const page = await context.newPage();
    const scripts: Promise<number>[] = [];
    page.on('response', (response) => {
      if (new URL(response.url()).pathname.endsWith('.js')) {
        scripts.push(response.body().then((body) => gzipSync(body).length));
      }
    });
    await page.goto(pages.url);
    await page.getByRole('region', { name: 'Tickets' }).waitFor();
    const sizes = await Promise.all(scripts);
    const total = sizes.reduce((a, b) => a + b, 0);
    console.info(`${sizes.length} scripts, ${total} bytes compressed`);
    expect(total).toBeGreaterThan(10_000);
    expect(total).toBeLessThanOrEqual(250 * 1024);
    await context.close();
  });
});
