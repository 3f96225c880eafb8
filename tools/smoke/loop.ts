import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { type Client, Refused } from './client';

const PATIENCE_MS = 30_000;

const CREATE = 'mutation Create($input: CreateTicketInput!) { createTicket(input: $input) { id version } }';
const UPDATE = 'mutation Update($input: UpdateTicketInput!) { updateTicket(input: $input) { id version } }';
const COMMENT = 'mutation Comment($input: AddCommentInput!) { addComment(input: $input) { id version } }';
const TICKET = 'query Ticket($id: ID!, $version: Int) { ticket(id: $id, version: $version) { version title } }';
const EVENTS = 'query Events($id: ID!) { ticketEvents(id: $id) { items { version type } } }';
const CHANGED = 'subscription Changed($id: ID) { onTicketChanged(id: $id) { id version type } }';

/** A step did not come to what it must. */
export class Failed extends Error {
  override readonly name = 'Failed';
}

/**
 * Takes a ticket through the whole loop: command, event, view, push. It leaves the ticket closed: events are for ever.
 * `done` hears of each step. Throws Failed or Refused.
 */
export async function loop(client: Client, done: (step: string) => void): Promise<void> {
  const id = `smoke-${randomUUID()}`;
  const versionOf = async (mutation: string, input: Record<string, unknown>) =>
    Object.values(await client.run(mutation, { input })).map((ticket) => (ticket as { version: number }).version)[0];

  const heard: number[] = [];
  const stop = await client.subscribe(CHANGED, { id }, (data) => {
    heard.push((data as { onTicketChanged: { version: number } }).onTicketChanged.version);
  });
  done('a subscription is acknowledged');
  try {
    expect('the version of a new ticket', await versionOf(CREATE, { id, title: 'Smoke test' }), 1);
    done('a ticket is created');
    expect('the next version', await versionOf(UPDATE, { id, title: 'Smoke test, updated', expectedVersion: 1 }), 2);
    done('it is updated');
    expect('the version of a comment', await versionOf(COMMENT, { id, body: 'Still smoke' }), 3);
    done('it is commented on');

    await within(
      () => client.run(TICKET, { id }),
      ({ ticket }) => (ticket as Versioned | null)?.version === 3,
      'the view',
    );
    done('the view shows it');
    await within(
      () => Promise.resolve([...new Set(heard)].sort()),
      (versions) => versions.join() === '1,2,3',
      'the pushes',
    );
    done('each change is pushed');

    const past = (await client.run(TICKET, { id, version: 1 })).ticket;
    expect('the ticket as it was', past, { version: 1, title: 'Smoke test' });
    const { ticketEvents } = await client.run(EVENTS, { id });
    expect(
      'its history',
      (ticketEvents as { items: { type: string }[] }).items.map(({ type }) => type),
      ['TicketCreated', 'TicketUpdated', 'TicketCommented'],
    );
    done('its past is there');

    const stale = await client
      .run(UPDATE, { input: { id, title: 'Stale', expectedVersion: 1 } })
      .catch((e: unknown) => e);
    expect('a stale update', stale instanceof Refused ? stale.errors[0]?.errorType : stale, 'VersionConflict');
    done('a stale update is refused');
    expect('the version of the end', await versionOf(UPDATE, { id, status: 'CLOSED' }), 4);
    done('it is closed');
  } finally {
    stop();
  }
}

interface Versioned {
  version: number;
}

function expect(what: string, got: unknown, expected: unknown): void {
  if (JSON.stringify(got) !== JSON.stringify(expected)) {
    throw new Failed(`${what}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(got)}`);
  }
}

/** Asks again until the answer passes. */
async function within<T>(ask: () => Promise<T>, passes: (answer: T) => boolean, what: string): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  for (let answer = await ask(); !passes(answer); answer = await ask()) {
    if (Date.now() > deadline) {
      throw new Failed(`${what}: not within ${PATIENCE_MS / 1000} s; the last was ${JSON.stringify(answer)}`);
    }
    await pause(250);
  }
}
