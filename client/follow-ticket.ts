import type { Backoff } from './backoff';
import type { Connection, Status } from './connection';
import { Live } from './live';
import { inTime } from './timeout';

/** What happened to a ticket, as the log and a push tell it alike. `from` and `to` are JSON. */
export interface TicketNews {
  version: number;
  type: string;
  at: string;
  actor: string;
  changes: { field: string; from: string | null; to: string | null }[];
}

export interface FollowTicket {
  id: string;
  /** The version that the caller has; 0 for none. */
  afterVersion: number;
  /** Hears of each later version once, in order, without a gap. */
  next(news: TicketNews): void;
  /** With 'disconnected', why. */
  status?(status: Status, cause?: unknown): void;
  wait?: Backoff;
}

const NEWS = 'version type at actor changes { field from to }';
const CHANGED = `subscription FollowTicket($id: ID!) { onTicketChanged(id: $id) { id ${NEWS} } }`;
const EVENTS = `query Missed($id: ID!, $afterVersion: Int, $nextToken: String) {
  ticketEvents(id: $id, afterVersion: $afterVersion, limit: 100, nextToken: $nextToken) { items { ${NEWS} } nextToken }
}`;

interface Missed {
  ticketEvents: { items: TicketNews[]; nextToken: string | null } | null;
}

/**
 * Follows a ticket from the version that the caller has. Pushes come at least once and are lost while the socket is down;
 * the log has everything: what was heard already is dropped, and a gap is filled from the log. Returns how to stop.
 */
export function followTicket(connection: Connection, { id, afterVersion, next, ...rest }: FollowTicket): () => void {
  let last = afterVersion;
  /** Pushed before their turn. */
  const early = new Map<number, TicketNews>();
  let isStopped = false;

  const hear = (news: TicketNews) => {
    if (isStopped || news.version <= last) {
      return;
    }
    early.set(news.version, news);
    for (let due = early.get(last + 1); due; due = early.get(last + 1)) {
      early.delete(due.version);
      last = due.version;
      next(due);
      if (isStopped) {
        return;
      }
    }
  };

  const live = new Live<{ onTicketChanged: TicketNews }>(connection, {
    ...rest,
    document: CHANGED,
    variables: { id },
    push: ({ onTicketChanged }) => {
      hear(onTicketChanged);
      if (early.size > 0 && !live.isCatchingUp) {
        live.catchUp();
      }
    },
    readMissed: async () => {
      const from = last;
      const pushed = Math.max(...early.keys());
      let nextToken: string | null = null;
      do {
        const missed: Missed = await inTime(connection.query<Missed>(EVENTS, { id, afterVersion: from, nextToken }));
        missed.ticketEvents?.items.forEach(hear);
        nextToken = missed.ticketEvents?.nextToken ?? null;
      } while (nextToken !== null && !isStopped);
      if (pushed > last) {
        throw new Error(`Version ${pushed} was pushed, but the log has no version ${last + 1}.`);
      }
      if (early.size > 0) {
        // Pushed during the read.
        live.catchUp();
      }
    },
  });
  live.start();
  return () => {
    isStopped = true;
    live.stop();
  };
}
