import type { TicketCommand } from '../../../domain/commands';
import { commentOf } from '../../../domain/changes';
import { decide } from '../../../domain/decide';
import type { TicketEvent } from '../../../domain/events';
import type { Ask } from '../../../web/src/outbox/requests';
import { ApiError, Unreachable } from '../../../web/src/shared/errors';

/** What becomes of a request, besides that it is answered. */
export type Fault = 'no answer' | 'lost answer' | 'error' | 'outpaced' | 'lag';

interface Variables {
  id: string;
  version: number;
  afterVersion?: number;
  after: number;
  input: object;
}

/** The rules of domain/ behind a connection that fails, lags and loses answers. */
export class FakeServer {
  readonly logs = new Map<string, TicketEvent[]>();
  /** When each request came. */
  readonly requests: number[] = [];
  /** The faults of the next requests, first one first; then none. */
  faults: Fault[] = [];
  isDown = false;

  create(id: string): void {
    this.run('ann', { type: 'CreateTicket', ticketId: id, commandId: id, title: 'As it was', description: 'Old' });
  }

  /** What somebody else does. */
  byOthers(command: Pick<TicketCommand, 'type' | 'ticketId'> & Record<string, unknown>): void {
    this.run('bob', { commandId: crypto.randomUUID(), ...command });
  }

  readonly ask: Ask = async <T>(document: string, variables: object): Promise<T> => {
    this.requests.push(Date.now());
    const fault = this.isDown ? 'no answer' : this.faults.shift();
    await new Promise((resolve) => setTimeout(resolve, fault === 'lag' ? 7000 : 20));
    if (fault === 'no answer') {
      throw new Unreachable('HTTP 503');
    }
    if (fault === 'error') {
      throw new ApiError('Something broke.', 'Lambda:Unhandled', null);
    }
    if (fault === 'outpaced') {
      throw new ApiError('Others were faster.', 'VersionConflict', { currentVersion: 9 });
    }
    const answer = this.answer(document, variables as never);
    if (fault === 'lost answer') {
      throw new Unreachable('The socket broke.');
    }
    return answer as T;
  };

  events(id: string): TicketEvent[] {
    return this.logs.get(id) ?? [];
  }

  comments(id: string): string[] {
    return this.events(id).flatMap((event) => commentOf(event) ?? []);
  }

  private answer(document: string, variables: Variables) {
    const mutation = /(createTicket|updateTicket|addComment)\(/.exec(document)?.[1];
    if (mutation) {
      const { id, ...input } = variables.input as { id?: string; commandId: string };
      const type = (mutation[0]!.toUpperCase() + mutation.slice(1)) as TicketCommand['type'];
      return { ticket: this.run('alice', { type, ticketId: id ?? input.commandId, ...input }) };
    }
    const events = this.events(variables.id);
    const ticket = events[variables.version - 1]?.ticket ?? null;
    if (document.includes('ticketEvents(')) {
      const items = events
        .filter(({ version }) => version > (variables.afterVersion ?? variables.after))
        .map((event) => ({ ...event, comment: commentOf(event) }));
      return { ticketEvents: events.length === 0 ? null : { items, nextToken: null }, ticket };
    }
    return { ticket };
  }

  private run(actor: string, command: Record<string, unknown> & { ticketId: string }) {
    const log = this.events(command.ticketId);
    const at = new Date(Date.now()).toISOString();
    const decision = decide(log.at(-1) ?? null, { ...command, at, actor, role: 'agent' } as unknown as TicketCommand);
    switch (decision.outcome) {
      case 'append':
        this.logs.set(command.ticketId, [...log, decision.event]);
        return decision.event.ticket;
      case 'unchanged':
        return decision.ticket;
      case 'repeat':
        return log[decision.version - 1]!.ticket;
      case 'rejected':
        throw new ApiError(decision.error.message, decision.error.type, decision.error.info);
    }
  }
}
