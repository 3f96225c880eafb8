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

/** The ticket after the command; or, if this request wrote no event, the version whose event readStored looks at. */
export interface Appended {
  ticket?: Ticket;
  version?: number;
}

/**
 * Decides the command on the head that the step before read, if there is one, and appends the event, on condition that
 * nobody else has taken its version.
 */
export function request(ctx: Context) {
  // A create has no such step; AppSync may then pass null or {} (P3).
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

/** A put that equals the stored item counts as success in AppSync: it was this command's own. */
export function response(ctx: Context): Appended {
  if (ctx.error && ctx.error.type === 'DynamoDB:ConditionalCheckFailedException') {
    // The next step reads the stored event: AppSync may not pass it on here (B2).
    return { version: ctx.stash.version };
  }
  raiseFailure(ctx);
  return { ticket: upcast(ctx.result as StoredEvent).ticket };
}
