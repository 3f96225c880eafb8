import type { Context } from '@aws-appsync/utils';
import type { TicketCommand } from '../../domain/commands';
import { decide } from '../../domain/decide';
import type { EventEnvelope } from '../../domain/events';
import type { Ticket } from '../../domain/ticket';
import { type StoredEvent, upcast } from '../../domain/upcast';
import { runtime } from '../shared/appsync';
import { put } from '../shared/dynamodb';
import { raise, raiseFailure } from '../shared/raise';
import type { Head } from './readHead';

/** The ticket that the command led to or, where it wrote no event, the version at which it may have written one before. */
export interface Appended {
  ticket?: Ticket;
  version?: number;
}

/**
 * Decides the command on the head that the step before read, if there is one, and appends the event, on condition that
 * nobody else has taken its version.
 */
export function request(ctx: Context) {
  // Without such a step: a new ticket. What was returned before may then be null or empty (P3).
  const { head } = (ctx.prev.result ?? {}) as Partial<Head>;
  const decision = decide(head ?? null, ctx.stash.command as TicketCommand);
  switch (decision.outcome) {
    case 'rejected':
      return raise(decision.error);
    case 'unchanged':
      return runtime.earlyReturn({ ticket: decision.ticket });
    case 'repeat':
      return runtime.earlyReturn({ version: decision.version });
    case 'append': {
      const { ticketId, version, ...attributes } = decision.event;
      ctx.stash.version = version;
      return put<EventEnvelope>({
        key: { ticketId, version },
        item: attributes,
        condition: { version: { attributeExists: false } },
      });
    }
  }
}

/** A put that is equal to what stands there is none that failed: it was this command's. */
export function response(ctx: Context): Appended {
  if (ctx.error && ctx.error.type === 'DynamoDB:ConditionalCheckFailedException') {
    // The event that stands there is read by the next step: AppSync may or may not hand it over here (B2).
    return { version: ctx.stash.version };
  }
  raiseFailure(ctx);
  return { ticket: upcast(ctx.result as StoredEvent).ticket };
}
