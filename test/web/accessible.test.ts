import { asUser, COMMENT, CREATE, post, UPDATE } from '../support/http';
import { faultsIn, focused, tabStops } from './accessibility';
import { describeInBrowser, type Window } from './browser';
import { Pages } from './pages';

interface View {
  what: string;
  user?: string;
  path: string;
  options?: object;
  /** Leads from the path to the view, and waits until it is there. */
  show(window: Window, api: Pages['api']): Promise<unknown>;
  /** What Tab leads to, in this order. */
  stops: string[];
}

const TOP = ['link API explorer', 'button Switch to the dark theme', 'choice You are'];
const LIST = ['button New ticket', 'search Title', 'choice Status', 'search Assignee', 'button More filters'];
/** Where a ticket is beside the list. */
const BOTH = [...TOP, 'link Skip to the ticket', ...LIST];
const STATUSES = ['button Back to open', 'button Start work', 'button Resolve', 'button Close'];
const COMMENT_FORM = ['text Add a comment', 'button Comment'];
/** Agents choose who sees it. */
const AGENTS_FORM = ['radio Comment', ...COMMENT_FORM];
const NEW_TICKET = ['text Title', 'text Description', 'choice Priority', 'text Tags', 'text Assignee'];
const EDIT = [
  'text Title',
  'text Description',
  'choice Priority',
  'text Assignee',
  'text Tags',
  'text Why (internal: agents alone see it)',
];

function history(...versions: number[]): string[] {
  return [
    `range Version ${versions[0]} of ${versions[0]}`,
    ...versions.map((version) => `button v${version}, show this version`),
  ];
}

async function listed({ list }: Window): Promise<void> {
  await list.getByText('The only ticket').waitFor();
}

/** A ticket that other views do not change, alone in the list. */
const PRINTER = '#titleContains=Printer&ticket=printer';

async function fillNewTicket(window: Window): Promise<void> {
  await window.button('New ticket').click();
  await window.page.getByRole('dialog').getByLabel('Title').fill('Held');
}

const VIEWS: View[] = [
  { what: 'the list', path: '#titleContains=Printer', show: listed, stops: [...TOP, ...LIST, 'link Printer'] },
  {
    what: 'the list with all filters, and a link that nobody understands',
    path: '#titleContains=Printer&tag=hardware&status=NOPE',
    show: ({ list }) => list.getByText('The link asks for').waitFor(),
    stops: [
      ...[...TOP, ...LIST, 'search Requester', 'search Tag', 'choice Priority'],
      ...['date Changed since', 'choice Order', 'link Printer'],
    ],
  },
  {
    what: 'no ticket, in the list and beside it',
    path: '#titleContains=Nothing+is+called+so&ticket=nowhere',
    show: async ({ list, ticket }) => {
      await list.getByText('No ticket is like that').waitFor();
      await ticket.getByText('There is no such ticket').waitFor();
    },
    stops: [...BOTH],
  },
  {
    what: 'a list and a ticket that can not be read',
    path: '',
    show: async ({ page, list, ticket }) => {
      await page.route('**/graphql', (route) => route.fulfill({ status: 503 }));
      await page.goto(`${page.url().split('#')[0]}?again#ticket=printer`);
      await list.getByText('The list could not be read.').waitFor();
      await ticket.getByText('The ticket could not be read.').waitFor();
      // A count is not shown while it is not known.
      expect(await page.locator('.counts').textContent()).toBe('');
    },
    stops: [...BOTH, 'button Try again'],
  },
  {
    what: 'a ticket',
    path: PRINTER,
    show: (window) => window.live(2),
    stops: [...BOTH, 'link Printer', 'button Edit', ...STATUSES, ...AGENTS_FORM, ...history(3, 2, 1)],
  },
  {
    what: 'an internal note',
    path: PRINTER,
    show: async (window) => {
      await window.ticket.getByLabel('Internal note').check();
      await window.ticket.getByText('Agents alone see it.').waitFor();
    },
    stops: [
      ...[...BOTH, 'link Printer', 'button Edit', ...STATUSES],
      ...['radio Internal note', 'text Add an internal note', 'button Add internal note'],
      ...history(3, 2, 1),
    ],
  },
  {
    what: 'a ticket of a requester',
    user: 'ann',
    path: '#ticket=anns',
    show: (window) => window.live(2),
    stops: [...BOTH, 'link Of Ann', 'button Edit', 'button Close', ...COMMENT_FORM, ...history(1)],
  },
  {
    what: 'a ticket on a narrow screen',
    path: PRINTER,
    options: { viewport: { width: 400, height: 800 } },
    show: ({ ticket }) => ticket.getByText('Version 3 of 3').waitFor(),
    stops: [...TOP, 'link ← All tickets', 'button Edit', ...STATUSES, ...AGENTS_FORM, ...history(3, 2, 1)],
  },
  {
    what: 'a version of the past',
    path: PRINTER,
    show: async (window) => {
      await window.button('v1, show this version').click();
      await window.button('Back to now').waitFor();
    },
    stops: [...[...BOTH, 'link Printer', 'button Back to now', 'range Version 1 of 3'], ...history(3, 2, 1).slice(1)],
  },
  {
    what: 'the form of a ticket, with something wrong',
    path: PRINTER,
    show: async (window) => {
      await window.button('Edit').click();
      await window.ticket.getByLabel('Title').fill('x'.repeat(201));
      await window.ticket.getByText('1 too many').waitFor();
    },
    stops: [
      ...[...BOTH, 'link Printer', ...EDIT, 'button Cancel', 'button Save'],
      ...[...AGENTS_FORM, ...history(3, 2, 1)],
    ],
  },
  {
    what: 'the outbox: what is held, and what was thrown away',
    path: PRINTER,
    show: async (window) => {
      await window.button('Edit').click();
      await window.ticket.getByLabel('Title').fill('Thrown away');
      await window.button('Cancel').click();
      await window.field('Add a comment').fill('Held');
      await window.button('Comment').click();
      await window.outbox.getByText('Your changes are thrown away.').waitFor();
      await window.outbox.getByText('Sent in').waitFor();
    },
    stops: [
      ...[...BOTH, 'link Printer', 'button Edit', ...STATUSES, ...AGENTS_FORM, ...history(3, 2, 1)],
      ...['Send now', 'Take back', 'Discard'].map((act) => `button ${act}: Comment on “Printer”: Held`),
      'button Undo',
    ],
  },
  {
    what: 'the dialog for a new ticket',
    path: '#titleContains=Printer',
    show: fillNewTicket,
    stops: ['button Close', ...NEW_TICKET, 'button Discard', 'button Create ticket'],
  },
  {
    what: 'a new ticket that is held',
    path: '#titleContains=Printer',
    show: async (window) => {
      await fillNewTicket(window);
      await window.button('Create ticket').click();
      await window.button('Create now').waitFor();
    },
    stops: [
      ...[...BOTH, 'link Printer', 'button Create now', 'button Take back'],
      ...['Send now', 'Take back', 'Discard'].map((act) => `button ${act}: New ticket “Held”`),
    ],
  },
  {
    what: 'the dialog of a conflict',
    path: '#ticket=contested',
    show: async (window, api) => {
      await window.button('Edit').click();
      await window.ticket.getByLabel('Title').fill('Mine');
      await api(UPDATE, { id: 'contested', title: 'Theirs' });
      await window.button('Save').click();
      await window.page.getByRole('dialog', { name: 'Somebody else changed this, too' }).waitFor();
    },
    stops: [
      ...['button Close', 'radio Mine Mine', 'text Or merge by hand'],
      ...['button All theirs', 'button All mine', 'button Save what is chosen'],
    ],
  },
];

describeInBrowser('the desk and the explorer, by ear and by keyboard', () => {
  const pages = Pages.forAllTests();
  beforeAll(async () => {
    for (const id of ['one', 'two']) {
      await pages.api(CREATE, { id, title: `Ticket ${id}` });
    }
    await pages.api(CREATE, { id: 'printer', title: 'Printer', tags: ['hardware'], priority: 'URGENT' });
    await pages.api(UPDATE, { id: 'printer', status: 'ON_HOLD', reason: 'Waiting for parts' });
    await pages.api(COMMENT, { id: 'printer', body: 'Still burning' });
    await pages.api(CREATE, { id: 'contested', title: 'As it was' });
    await post(
      pages.system.graphqlUrl,
      CREATE,
      { input: { id: 'anns', title: 'Of Ann' } },
      await asUser(pages.system, 'ann'),
    );
  });

  test('says which ticket is opened, what colleagues do to it, and what a filter finds', async () => {
    const alice = await pages.open('alice');
    const said = alice.page.getByRole('log');
    const words = async () => (await said.getByRole('paragraph').allTextContents()).join('\n');
    await alice.row('Ticket one').click();
    await said.getByText('Opened: Ticket one').waitFor();
    await alice.live(2);
    await pages.api(UPDATE, { id: 'one', priority: 'HIGH' });
    await said.getByText('changed Priority.').waitFor();
    await pages.api(COMMENT, { id: 'one', body: 'Said' });
    await said.getByText('commented.').waitFor();
    for (const title of ['one', 'two']) {
      await alice.list.getByLabel('Title', { exact: true }).fill(title);
      await alice.row(`Ticket ${title}`).waitFor();
      await alice.row(`Ticket ${title === 'one' ? 'two' : 'one'}`).waitFor({ state: 'detached' });
    }
    // The same words, and yet said twice.
    expect((await words()).split('\n').filter((one) => one === '1 ticket.')).toHaveLength(2);
    await alice.list.getByLabel('Title', { exact: true }).fill('nothing is called so');
    await said.getByText('No ticket is like that.').waitFor();
  });

  test('names the page after its ticket, and skips to it', async () => {
    const alice = await pages.open('alice', '#ticket=two');
    await alice.live(2);
    expect(await alice.page.title()).toBe('Ticket two · Ticket desk');
    await alice.page.getByRole('link', { name: 'Skip to the ticket' }).press('Enter');
    expect(await focused(alice.page)).toMatch(/^section Ticket/);
    await alice.page.keyboard.press('Tab');
    expect(await focused(alice.page)).toBe('button Edit');
    await alice.page.goto(`${pages.url}/#`);
    await alice.ticket.getByText('Choose a ticket').waitFor();
    expect(await alice.page.title()).toBe('Ticket desk');
  });

  test('the slider of the history says which version it is at, and whose', async () => {
    const alice = await pages.open('alice', '#ticket=one');
    const slider = alice.ticket.getByRole('slider');
    await slider.press('Home');
    await alice.ticket.getByText('as it was at version 1').waitFor();
    expect(await slider.getAttribute('aria-valuetext')).toMatch(/^Version 1 of \d+, by .+$/);
  });

  test('in forced colours the row of the open ticket has a border that the others do not have', async () => {
    const alice = await pages.open('alice', '#ticket=one', { forcedColors: 'active' });
    await alice.row('Ticket two').waitFor();
    const border = (title: string) =>
      alice.page.evaluate<string>(
        `getComputedStyle([...document.querySelectorAll('.row a')].find((row) => row.innerText.includes('${title}'))).borderLeft`,
      );
    expect(await border('Ticket one')).toMatch(/^3px solid/);
    expect(await border('Ticket two')).toMatch(/^0px/);
  });

  test('a new ticket gives the focus back when it is held, and keeps it when it is there', async () => {
    const alice = await pages.open('alice');
    await alice.button('New ticket').press('Enter');
    await alice.page.keyboard.type('By keyboard alone');
    await alice.button('Create ticket').press('Enter');
    await alice.button('Create now').waitFor();
    expect(await focused(alice.page)).toBe('button New ticket');
    await alice.button('Create now').press('Enter');
    await alice.button('Edit').waitFor();
    expect(await focused(alice.page)).toMatch(/^section Ticket/);
  });

  test('on a narrow screen the way back leads to the list, and the focus with it', async () => {
    const alice = await pages.open('alice', '#', { viewport: { width: 400, height: 800 } });
    await alice.row('Ticket two').press('Enter');
    await alice.button('Edit').waitFor();
    expect(await focused(alice.page)).toMatch(/^section Ticket/);
    await alice.page.getByRole('link', { name: '← All tickets' }).press('Enter');
    await alice.row('Ticket two').waitFor();
    expect(await focused(alice.page)).toBe('link Ticket two');
  });

  test.each(VIEWS)(
    'axe finds nothing in $what, and Tab goes through it in order',
    async ({ user = 'alice', path, options, show, stops }) => {
      const window = await pages.open(user, path, options);
      await show(window, (query, input) => pages.api(query, input));
      expect(await faultsIn(window.page)).toEqual([]);
      expect(await tabStops(window.page)).toEqual(stops);
    },
  );

  /** GraphiQL's: a tab with a button in it, and an editor that scrolls with its cursor. */
  const OF_GRAPHIQL = { rules: ['nested-interactive', 'scrollable-region-focusable'] };
  const BAR = ['choice Example', 'choice Ask as', 'link Ticket desk'];
  const SIDE = ['button Re-fetch GraphQL schema', 'button Open short keys dialog', 'button Open settings dialog'];
  const TABS = ['button Tickets', 'button New tab', 'link GraphiQL'];
  const EDITORS = [
    ...['text Query', 'button Execute query (Ctrl-Enter)', 'button Prettify query (Shift-Ctrl-P)'],
    ...['button Merge fragments into query (Shift-Ctrl-M)', 'button Copy query (Shift-Ctrl-C)'],
    ...['button Variables', 'button Headers', 'button Hide editor tools', 'text Variables', 'text Response'],
  ];
  const LINE = ['button Copy link', 'button Copy as curl', 'text Command, with its authorization: copied.'];

  test.each(['light', 'dark'] as const)(
    'axe finds nothing in the explorer with an answer, %s, and Tab goes through it in order',
    async (colorScheme) => {
      const { page } = await pages.openExplorer('explorer/', {
        colorScheme,
        permissions: ['clipboard-read', 'clipboard-write'],
      });
      await page.getByRole('button', { name: /^Execute/ }).click();
      await page
        .getByRole('region', { name: 'Request' })
        .getByText(/^200 OK/)
        .waitFor();
      await page.getByRole('button', { name: 'Copy as curl' }).click();
      await page.getByRole('button', { name: 'Hide', exact: true }).waitFor();
      expect(await faultsIn(page, OF_GRAPHIQL)).toEqual([]);
      const panels = ['button Show Documentation Explorer', 'button Show History'];
      expect(await tabStops(page)).toEqual([
        ...[...BAR, ...panels, ...SIDE, ...TABS, ...EDITORS, ...LINE, 'button Hide'],
      ]);
    },
  );

  test('axe finds nothing in the panels and dialogs of the explorer, and Tab goes through them in order', async () => {
    const { page } = await pages.openExplorer();
    await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
    await page.locator('.graphiql-plugin').getByText('Subscription').first().waitFor();
    expect(await faultsIn(page, OF_GRAPHIQL)).toEqual([]);
    await page.getByRole('button', { name: 'Show History' }).click();
    await page.locator('.graphiql-history').waitFor();
    expect(await faultsIn(page, OF_GRAPHIQL)).toEqual([]);
    expect(await tabStops(page)).toEqual([
      ...[...BAR, 'button Show Documentation Explorer', 'button Hide History', ...SIDE, ...TABS, ...EDITORS],
      'button Copy link',
    ]);
    for (const [opener, stops] of [
      ['Open short keys dialog', ['link CodeMirror Key Maps']],
      ['Open settings dialog', ['On', 'Off', 'System', 'Light', 'Dark', 'Clear data'].map((name) => `button ${name}`)],
    ] as const) {
      await page.getByRole('button', { name: opener }).press('Enter');
      await page.getByRole('dialog').waitFor();
      expect(await faultsIn(page, OF_GRAPHIQL)).toEqual([]);
      expect((await tabStops(page)).slice(0, -1)).toEqual(stops);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      expect(await focused(page)).toBe(`button ${opener}`);
    }
  });
});
