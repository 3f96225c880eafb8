import { type Context, runtime } from '@aws-appsync/utils';
import { get, put } from '@aws-appsync/utils/dynamodb';
import type { TicketCommand } from '../../domain/commands';
import { decide, refusalBy } from '../../domain/decide';
import type { EventEnvelope, TicketEvent } from '../../domain/events';
import type { Ticket } from '../../domain/ticket';
import { type StoredEvent, upcast } from '../../domain/upcast';
import { raise, raiseFailure } from '../shared/raise';

/**
 * Decides the command on the head that the step before read (none: null) and appends the event, on condition that
 * nobody else has taken its version. A repeated command reads the event that it wrote the first time instead.
 */
export function request(ctx: Context) {
  const decision = decide(ctx.prev.result as TicketEvent | null, ctx.stash.command as TicketCommand);
  switch (decision.outcome) {
    case 'rejected':
      return raise(decision.error);
    case 'unchanged':
      return runtime.earlyReturn(decision.ticket);
    case 'repeat':
      return get({ key: { ticketId: ctx.stash.command.ticketId, version: decision.version }, consistentRead: true });
    case 'append': {
      const { ticketId, version, ...attributes } = decision.event;
      return put<EventEnvelope>({
        key: { ticketId, version },
        item: attributes,
        condition: { version: { attributeExists: false } },
      });
    }
  }
}

export function response(ctx: Context): Ticket {
  if (ctx.error?.type !== 'DynamoDB:ConditionalCheckFailedException') {
    raiseFailure(ctx);
  }
  // The event that holds the version: this request's own, the same command's from before, or another's that was faster.
  const stored = upcast(ctx.result as StoredEvent);
  const refusal = refusalBy(stored, ctx.stash.command as TicketCommand);
  return refusal ? raise(refusal) : stored.ticket;
}
