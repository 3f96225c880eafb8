import fc from 'fast-check';
import { Drafts } from '../../web/src/drafts/drafts';
import type { Entry } from '../../web/src/outbox/command';
import { Outbox, type Taken } from '../../web/src/outbox/outbox';
import { Gate, MOST_A_MINUTE } from '../../web/src/shared/gate';
import { Unreachable } from '../../web/src/shared/errors';
import { type Fault, FakeServer } from './support/server';
import { FakeBrowser, FakeTab } from './support/tabs';

beforeEach(() => void jest.useFakeTimers({ now: Date.parse('2026-03-01T10:00:00Z') }));
afterEach(() => void jest.useRealTimers());

const MINUTE = 60_000;

/** A desk in a tab: its outbox, and how to press its buttons. */
class Desk {
  readonly outbox: Outbox;
  readonly gate: Gate;

  constructor(
    private readonly server: FakeServer,
    readonly tab: FakeTab,
    random: () => number = () => 0.5,
  ) {
    this.gate = new Gate(tab.shelf, tab.lock, random);
    this.outbox = new Outbox({
      user: 'alice',
      shelf: tab.shelf,
      lock: tab.lock,
      gate: this.gate,
      ask: (document, variables) => tab.unlessClosed(server.ask(document, variables)),
    });
    this.outbox.start();
  }

  comment(id: string, body: string, holdMs = 0): string {
    const after = this.server.events(id).length;
    return this.outbox.send({ type: 'AddComment', input: { id, body }, after, title: 'As it was' }, holdMs)!;
  }

  /** Of the ticket as this person saw it, by default as it is. */
  update(id: string, input: object, base = this.server.events(id).at(-1)!.ticket): string {
    return this.outbox.send({ type: 'UpdateTicket', input: { id, ...input }, base })!;
  }

  entry(commandId: string): Entry | undefined {
    return this.outbox.state().entries.find((entry) => entry.commandId === commandId);
  }
}

function setUp(tabs = 1) {
  const server = new FakeServer();
  server.create('T');
  const browser = new FakeBrowser();
  const open = () => new Desk(server, new FakeTab(browser));
  return { server, browser, open, desks: Array.from({ length: tabs }, open) };
}

function pass(ms: number): Promise<void> {
  return jest.advanceTimersByTimeAsync(ms);
}

test('what is pressed is sent, and is remembered for a while as sent', async () => {
  const { server, desks } = setUp();
  const commandId = desks[0]!.comment('T', 'Help is on the way');
  await pass(100);
  expect(server.comments('T')).toEqual(['Help is on the way']);
  expect(desks[0]!.outbox.state().entries).toEqual([]);
  expect(desks[0]!.outbox.state().sent).toMatchObject([{ commandId, ticket: { version: 2 } }]);
});

test('what is held can be taken back until it is sent, and not afterwards', async () => {
  const { server, desks } = setUp();
  const [first, second] = [desks[0]!.comment('T', 'First', 10_000), desks[0]!.comment('T', 'Second', 10_000)];
  await pass(9000);
  // The second did let the first go.
  expect(server.comments('T')).toEqual(['First']);
  expect(await desks[0]!.outbox.take(first)).toBeNull();
  expect(await desks[0]!.outbox.take(second)).toMatchObject({ mayHaveArrived: false });
  await pass(MINUTE);
  expect(server.comments('T')).toEqual(['First']);
});

test('what is held is sent when its time has come, by whichever tab is there', async () => {
  const { server, open, desks } = setUp();
  desks[0]!.comment('T', 'Typed and left', 10_000);
  desks[0]!.tab.close();
  const other = open();
  await pass(9900);
  expect(server.comments('T')).toEqual([]);
  await pass(1000);
  expect(server.comments('T')).toEqual(['Typed and left']);
  expect(other.outbox.state().entries).toEqual([]);
});

test.each<Fault>(['no answer', 'lost answer', 'error', 'outpaced', 'lag'])(
  'after %s the command is in the log once',
  async (fault) => {
    const { server, desks } = setUp(3);
    server.faults = [fault, fault];
    desks[0]!.comment('T', 'Once');
    desks[1]!.update('T', { title: 'Once' });
    await pass(2 * MINUTE);
    expect(server.comments('T')).toEqual(['Once']);
    expect(
      server
        .events('T')
        .map(({ type }) => type)
        .sort(),
    ).toEqual(['TicketCommented', 'TicketCreated', 'TicketUpdated']);
  },
);

test('a comment whose answer was lost is found in the log, however much came after it', async () => {
  const { server, desks } = setUp();
  server.faults = ['lost answer', 'no answer'];
  desks[0]!.comment('T', 'Once');
  await pass(500);
  for (let i = 0; i < 15; i += 1) {
    server.byOthers({ type: 'AddComment', ticketId: 'T', body: `Another ${i}` });
  }
  await pass(2 * MINUTE);
  expect(server.comments('T').filter((body) => body === 'Once')).toHaveLength(1);
  expect(desks[0]!.outbox.state().entries).toEqual([]);
});

test('the same words said twice are two comments', async () => {
  const { server, desks } = setUp();
  server.faults = ['lost answer'];
  desks[0]!.comment('T', 'Any news?');
  desks[0]!.comment('T', 'Any news?');
  await pass(MINUTE);
  expect(server.comments('T')).toEqual(['Any news?', 'Any news?']);
});

test('each press of a button is a command of its own', async () => {
  const { server, open, desks } = setUp();
  desks[0]!.update('T', { status: 'CLOSED' });
  await pass(100);
  desks[0]!.tab.close();
  server.byOthers({ type: 'UpdateTicket', ticketId: 'T', status: 'OPEN' });
  open().update('T', { status: 'CLOSED' });
  await pass(100);
  expect(server.events('T').map(({ ticket }) => ticket.status)).toEqual(['OPEN', 'CLOSED', 'OPEN', 'CLOSED']);
});

test('what is refused stays, with the reason, and stops nothing that comes after it', async () => {
  const { server, desks } = setUp();
  const refused = desks[0]!.update('T', { title: ' ' });
  desks[0]!.comment('T', 'Goes on');
  await pass(MINUTE);
  expect(desks[0]!.entry(refused)?.refusal).toMatchObject({ type: 'ValidationError', info: { field: 'title' } });
  expect(server.comments('T')).toEqual(['Goes on']);
  expect(await desks[0]!.outbox.take(refused)).toMatchObject({ mayHaveArrived: false });
  expect(desks[0]!.outbox.state().entries).toEqual([]);
});

test('a command that the server can’t carry out is given up, and sent when a person asks for it', async () => {
  const { server, desks } = setUp();
  server.faults = Array.from({ length: 6 }, () => 'error' as const);
  const commandId = desks[0]!.update('T', { title: 'New' });
  await pass(5 * MINUTE);
  expect(desks[0]!.entry(commandId)?.refusal).toMatchObject({ type: 'Lambda:Unhandled' });
  await desks[0]!.outbox.sendNow(commandId);
  await pass(100);
  expect(server.events('T').at(-1)!.ticket.title).toBe('New');
});

test('an update never overwrites what its author did not see: it is put together with it, or a person is asked', async () => {
  const { server, desks } = setUp();
  const seen = server.events('T').at(-1)!.ticket;
  server.byOthers({ type: 'UpdateTicket', ticketId: 'T', title: 'Theirs' });
  desks[0]!.update('T', { description: 'Mine' }, seen);
  await pass(500);
  expect(server.events('T').at(-1)!.ticket).toMatchObject({ title: 'Theirs', description: 'Mine' });
  expect(desks[0]!.outbox.state().sent).toMatchObject([{ mergedWith: ['title'] }]);

  const clashing = desks[0]!.update('T', { title: 'Mine' }, seen);
  await pass(500);
  expect(desks[0]!.entry(clashing)?.refusal?.conflict).toMatchObject({
    clashes: [{ field: 'title', base: 'As it was', mine: 'Mine', theirs: 'Theirs' }],
  });
  expect(server.events('T').at(-1)!.ticket.title).toBe('Theirs');
});

test('an update that changed nothing does nothing when its lost answer makes it be sent again', async () => {
  const { server, desks } = setUp();
  server.faults = ['lost answer'];
  desks[0]!.update('T', { title: 'As it was' });
  await pass(100);
  server.byOthers({ type: 'UpdateTicket', ticketId: 'T', title: 'Theirs' });
  await pass(MINUTE);
  expect(server.events('T').at(-1)!.ticket.title).toBe('Theirs');
});

test('of two tabs that send, neither waits for the other’s tickets', async () => {
  const { server, desks } = setUp(2);
  server.create('U');
  server.faults = ['lag'];
  desks[0]!.comment('T', 'Slow');
  await pass(10);
  desks[1]!.comment('U', 'Quick');
  await pass(100);
  expect([server.comments('T'), server.comments('U')]).toEqual([[], ['Quick']]);
});

function mostInAMinute(times: number[]): number {
  return Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + MINUTE).length));
}

test('a server that answers 503 gets at most 12 requests in any minute, of all tabs and tickets', async () => {
  const { server, desks } = setUp(4);
  const ids = Array.from({ length: 6 }, (_, i) => `T${i}`);
  ids.forEach((id) => server.create(id));
  server.isDown = true;
  ids.forEach((id, i) => desks[i % 4]!.comment(id, 'Again and again'));
  await pass(10 * MINUTE);
  expect(mostInAMinute(server.requests)).toBeLessThanOrEqual(MOST_A_MINUTE);
  expect(server.requests.length).toBeGreaterThan(10);

  server.isDown = false;
  await desks[0]!.gate.hurry();
  await pass(10_000);
  ids.forEach((id) => expect(server.comments(id)).toEqual(['Again and again']));
});

test('a server that does not answer gets at most 12 requests in a minute, however often it is hurried', async () => {
  const { server, desks } = setUp(2);
  server.isDown = true;
  desks[0]!.comment('T', 'Again and again');
  for (let i = 0; i < 300; i += 1) {
    await desks[i % 2]!.gate.hurry();
    await pass(500);
  }
  expect(mostInAMinute(server.requests)).toBe(MOST_A_MINUTE);
});

type Step =
  | { what: 'comment'; tab: number; ticket: string; holdMs: number }
  | { what: 'title'; tab: number; ticket: string }
  | { what: 'take back'; tab: number }
  | { what: 'reload'; tab: number }
  | { what: 'others'; ticket: string; times: number }
  | { what: 'faults'; faults: Fault[] }
  | { what: 'time'; ms: number };

const tab = fc.nat(1);
const ticket = fc.constantFrom('T', 'U');
const fault = fc.constantFrom<Fault>('no answer', 'lost answer', 'error', 'lag');
const step = fc.oneof(
  fc.record({ what: fc.constant('comment'), tab, ticket, holdMs: fc.constantFrom(0, 0, 10_000) }),
  fc.record({ what: fc.constant('title'), tab, ticket }),
  fc.record({ what: fc.constant('take back'), tab }),
  fc.record({ what: fc.constant('reload'), tab }),
  // The API remembers ten commands of a ticket.
  fc.record({ what: fc.constant('others'), ticket, times: fc.constantFrom(1, 12) }),
  fc.record({ what: fc.constant('faults'), faults: fc.array(fault, { minLength: 1, maxLength: 5 }) }),
  fc.record({ what: fc.constant('time'), ms: fc.constantFrom(1, 15, 30, 500, 5000, 20_000) }),
) as fc.Arbitrary<Step>;

test('whatever happens: each command is in the log once, or visibly in the outbox, or was taken back', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const { server, browser, open, desks } = setUp(2);
      server.create('U');
      const pressed: string[] = [];
      const takenBack = new Map<string, Taken>();
      const takeBack = async (desk: Desk, commandId: string) => {
        const taken = await desk.outbox.take(commandId);
        if (taken) {
          takenBack.set(commandId, taken);
        }
      };
      for (const [i, step] of steps.entries()) {
        switch (step.what) {
          case 'comment':
            pressed.push(desks[step.tab]!.comment(step.ticket, `Words ${i}`, step.holdMs));
            break;
          case 'title':
            pressed.push(desks[step.tab]!.update(step.ticket, { title: `Title ${i}` }));
            break;
          case 'take back':
            pressed.slice(-1).forEach((commandId) => void takeBack(desks[step.tab]!, commandId));
            break;
          case 'reload':
            desks[step.tab]!.tab.close();
            desks[step.tab] = open();
            break;
          case 'others':
            for (let n = 0; n < step.times; n += 1) {
              server.byOthers({ type: 'UpdateTicket', ticketId: step.ticket, title: `Theirs ${i}.${n}` });
            }
            break;
          case 'faults':
            server.faults.push(...step.faults);
            break;
          case 'time':
            await pass(step.ms);
        }
      }
      server.faults = [];
      await pass(10 * MINUTE);

      const kept = browser.kept<Entry>('desk.outbox.alice/');
      const written = ['T', 'U'].map((id) => server.events(id).map(({ commandId }) => commandId));
      for (const commandId of pressed) {
        const times = written.flat().filter((other) => other === commandId).length;
        const isKept = kept.some((entry) => entry.commandId === commandId);
        const taken = takenBack.get(commandId);
        if (taken) {
          expect(isKept).toBe(false);
          expect(times).toBeLessThanOrEqual(taken.mayHaveArrived ? 1 : 0);
        } else {
          expect(times + Number(isKept)).toBe(1);
        }
      }
      // What is left over was refused.
      expect(kept.filter(({ refusal }) => !refusal)).toEqual([]);
      for (const log of written) {
        const mine = log.filter((commandId) => pressed.includes(commandId));
        expect(mine).toEqual(pressed.filter((commandId) => mine.includes(commandId)));
      }
    }),
    { numRuns: 200 },
  );
});

test('who reads waits at the gate for a while alone, and takes no turn afterwards', async () => {
  const { server, desks } = setUp();
  server.isDown = true;
  desks[0]!.comment('T', 'Keeps the gate closed');
  await pass(3 * MINUTE);
  const waiting = desks[0]!.gate.pass(2000).catch((error: unknown) => error);
  await pass(3000);
  expect(await waiting).toBeInstanceOf(Unreachable);
});

test('who reads waits for no longer than asked, at the gate and for the answer together', async () => {
  const { server, desks } = setUp();
  const { gate } = desks[0]!;
  server.isDown = true;
  desks[0]!.comment('T', 'Closes the gate');
  await pass(2 * MINUTE);
  const began = Date.now();
  const left: number[] = [];
  const asked = gate.ask(30_000, (leftMs) => {
    left.push(leftMs + Date.now() - began);
    return Promise.resolve();
  });
  const given = asked.catch(() => Date.now() - began);
  await pass(MINUTE);
  expect(await given).toBeLessThanOrEqual(20_000 + 1);
  server.isDown = false;
  await pass(2 * MINUTE);
  const since = Date.now();
  await gate.ask(30_000, (leftMs) => Promise.resolve(left.push(leftMs + Date.now() - since)));
  expect(left).toEqual([30_000]);
});

test('what the browser gives back unreadable is set aside and shown until somebody discards it, and stops nothing', async () => {
  const { server, browser, desks } = setUp();
  browser.texts.set('desk.outbox.alice/broken', '{"commandId":"broken","command":{"type":"AddComm');
  browser.texts.set('desk.draft.alice/tab/comment:T', 'Half a dra');
  browser.texts.set('desk.outbox.bob/broken', 'of somebody else');
  const { outbox, tab } = desks[0]!;
  outbox.stop();
  outbox.start();
  const isOpen = () => Promise.resolve(true);
  const drafts = new Drafts({ user: 'alice', tab: 'tab', isOpen, shelf: tab.shelf, lock: tab.lock });
  expect(drafts.state().kept.size).toBe(0);
  const shown = () => outbox.state().unreadable.map(({ text }) => text);
  expect(shown()).toEqual(['{"commandId":"broken","command":{"type":"AddComm', 'Half a dra']);
  desks[0]!.comment('T', 'Sent all the same');
  await pass(MINUTE);
  expect(server.comments('T')).toEqual(['Sent all the same']);
  outbox.forget(outbox.state().unreadable[0]!);
  expect(shown()).toEqual(['Half a dra']);
  expect(browser.texts.get('desk.outbox.bob/broken')).toBe('of somebody else');
});

test('a command that the browser has no room for is not taken, and the outbox says so', () => {
  const server = new FakeServer();
  server.create('T');
  const tab = new FakeTab(new FakeBrowser());
  tab.shelf.write = () => {
    throw new Error('QuotaExceededError');
  };
  const { outbox } = new Desk(server, tab);
  const command = { type: 'AddComment', input: { id: 'T', body: 'Said' }, after: 1, title: 'As it was' } as const;
  expect(outbox.send(command)).toBeNull();
  expect(outbox.state()).toMatchObject({ entries: [], isFull: true });
});

test('with many commands waiting, sending one reads no more of them than with few', async () => {
  const readsFor = async (count: number) => {
    const { server, desks } = setUp();
    const [desk] = desks;
    const read = jest.spyOn(desk!.tab.shelf, 'read');
    server.isDown = true;
    Array.from({ length: count }, (_, i) => desk!.comment('T', `Words ${i}`));
    await pass(1000);
    server.isDown = false;
    await desk!.gate.hurry();
    await pass(60_000);
    expect(server.comments('T')).toHaveLength(count);
    return read.mock.calls.length / count;
  };
  expect(await readsFor(150)).toBeLessThan(2 * (await readsFor(15)));
});
