import type { AddComment, CreateTicket, TicketCommand, UpdateTicket } from '../../domain/commands';
import { decide } from '../../domain/decide';
import type { TicketError } from '../../domain/errors';
import type { TicketEvent, TicketFact } from '../../domain/events';

/** Given what happened to a ticket before, when a command comes, then this is what comes of it. */
export function given(...history: TicketCommand[]) {
  const events = happened(history);
  return {
    when: (command: TicketCommand) => {
      const decision = decide(events.at(-1) ?? null, command);
      return {
        then: (...facts: TicketFact[]) => {
          const event = decision.outcome === 'append' ? decision.event : undefined;
          expect(event ? [{ type: event.type, data: event.data }] : []).toEqual(facts);
        },
        thenTicket: (fields: Partial<TicketEvent['ticket']>) =>
          expect(decision).toMatchObject({ outcome: 'append', event: { ticket: fields } }),
        thenNothingChanges: () => expect(decision).toEqual({ outcome: 'unchanged', ticket: events.at(-1)?.ticket }),
        thenRepeated: (version: number) => expect(decision).toEqual({ outcome: 'repeat', version }),
        thenRefused: (error: Pick<TicketError, 'type' | 'info'>) =>
          expect(decision).toMatchObject({ outcome: 'rejected', error }),
      };
    },
  };
}

/** The events of commands that are all accepted. */
export function happened(history: TicketCommand[]): TicketEvent[] {
  const events: TicketEvent[] = [];
  for (const command of history) {
    const decision = decide(events.at(-1) ?? null, command);
    if (decision.outcome !== 'append') {
      throw new Error(
        `the history is to be accepted, but ${JSON.stringify(command)} came to ${JSON.stringify(decision)}`,
      );
    }
    events.push(decision.event);
  }
  return events;
}

let commands = 0;

function envelope() {
  commands += 1;
  return {
    ticketId: 'T1',
    commandId: `C${commands}`,
    actor: 'alice',
    role: 'agent' as const,
    at: '2026-01-01T00:00:00.000Z',
  };
}

export function create(fields: Partial<CreateTicket> = {}): CreateTicket {
  return { type: 'CreateTicket', title: 'Printer on fire', ...envelope(), ...fields };
}

export function comment(fields: Partial<AddComment> = {}): AddComment {
  return { type: 'AddComment', body: 'It burns', ...envelope(), ...fields };
}

export function update(fields: Partial<UpdateTicket> = {}): UpdateTicket {
  return { type: 'UpdateTicket', ...envelope(), ...fields };
}
