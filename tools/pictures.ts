import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asUser, COMMENT, CREATE, post, UPDATE } from '../test/support/http';
import { RunningSystem } from '../test/support/system';
import { launch, Window } from '../test/web/browser';
import { PAGES } from '../test/web/pages';
import { LOCAL_USERS } from '../web/src/users';

// npm run pictures: takes the README's pictures of the desk anew, on a system of its own. Needs Chromium.

const SIZE = { viewport: { width: 1240, height: 800 } };
const PHONE = { viewport: { width: 390, height: 780 } };

const TICKETS = [
  ['ann', { id: 'badge', title: 'Badge reader at the north door ignores badges', priority: 'HIGH', tags: ['access'] }],
  ['ben', { id: 'invoice', title: 'Invoice 2231 was paid twice', tags: ['finance'] }],
  ['chloe', { id: 'fan', title: 'Laptop fan is louder than the meeting', priority: 'LOW' }],
  ['ben', { id: 'mailbox', title: 'Mailbox says it is full' }],
  ['chloe', { id: 'display', title: 'Meeting room display shows yesterday', priority: 'LOW' }],
  [
    'ann',
    {
      id: 'vpn',
      title: 'VPN drops every twenty minutes',
      description: 'Since Monday’s update the connection drops every twenty minutes, always during a call.',
      priority: 'HIGH',
      tags: ['network', 'vpn'],
    },
  ],
] as const;

const REST = [
  ['alice', UPDATE, { id: 'invoice', status: 'ON_HOLD', assignee: 'alice', reason: 'Waiting for the bank' }],
  ['carol', UPDATE, { id: 'display', status: 'RESOLVED', assignee: 'carol', reason: 'Its clock was wrong' }],
  ['bob', UPDATE, { id: 'vpn', status: 'IN_PROGRESS', assignee: 'bob', reason: 'Third this week' }],
  ['bob', COMMENT, { id: 'vpn', body: 'I see the drops on the gateway. Which client version do you have?' }],
  ['ann', COMMENT, { id: 'vpn', body: '4.2.1, from the software centre.' }],
  ['bob', COMMENT, { id: 'vpn', body: 'The same on all three. Roll 4.2.1 back before noon?', visibility: 'INTERNAL' }],
] as const;

async function fill(system: RunningSystem): Promise<void> {
  const run = async (user: string, query: string, input: object) => {
    const { isAgent } = LOCAL_USERS.find(({ name }) => name === user)!;
    const headers = await asUser(system, user, isAgent ? 'agents' : '');
    const { errors } = await post(system.graphqlUrl, query, { input }, headers);
    if (errors) {
      throw new Error(JSON.stringify(errors));
    }
  };
  for (const [user, input] of TICKETS) {
    await run(user, CREATE, input);
  }
  for (const [user, query, input] of REST) {
    await run(user, query, input);
  }
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'pictures-'));
  const assembly = join(folder, 'assembly');
  execFileSync('npx', ['cdk', 'synth', '--quiet', '--output', assembly], { stdio: 'inherit' });
  const system = await RunningSystem.start({ assembly, flags: PAGES });
  const browser = await launch();
  try {
    await fill(system);
    const open = (user: string, path: string, options: object = SIZE) =>
      Window.open(browser, `${system.url.replace('127.0.0.1', 'localhost')}/${path}`, user, options);
    const take = async ({ page }: Window, name: string) => {
      await page.screenshot({ path: `docs/images/${name}.png` });
      console.log(`docs/images/${name}.png`);
    };

    const alice = await open('alice', '#ticket=vpn');
    await alice.live(2);
    await alice.ticket.getByText('Version 5 of 5').waitFor();
    await take(alice, 'ticket');

    await alice.page.getByRole('button', { name: 'Switch to the dark theme' }).click();
    await alice.ticket.getByRole('region', { name: 'History' }).scrollIntoViewIfNeeded();
    await alice.ticket.getByText('Third this week').scrollIntoViewIfNeeded();
    await take(alice, 'history-dark');

    const [first, second] = [await open('bob', '#ticket=badge'), await open('alice', '#ticket=badge')];
    for (const window of [first, second]) {
      await window.live(2);
      await window.button('Edit').click();
    }
    await first.ticket.getByLabel('Title').fill('North door: badge reader ignores badges');
    await first.button('Save').click();
    await first.ticket.getByRole('heading', { name: 'North door' }).waitFor();
    await second.ticket.getByLabel('Title').fill('Badge reader at the north door is dead');
    await second.button('Save').click();
    await second.page.getByRole('dialog').waitFor();
    await take(second, 'conflict');

    const phone = await open('alice', '', PHONE);
    await phone.live(1);
    await phone.row('VPN drops').waitFor();
    await take(phone, 'phone');
  } finally {
    await browser.close();
    await system.stop();
    rmSync(folder, { recursive: true });
  }
}

void main();
