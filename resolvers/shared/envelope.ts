import type { Context } from '@aws-appsync/utils';
import type { CommandEnvelope } from '../../domain/commands';
import { withMilliseconds } from '../../domain/time';
import { util } from './appsync';
import { callerOf } from './caller';

/** What every command carries besides its input: which ticket, which command, who and when. */
export function envelope(ctx: Context, ticketId: string, commandId: string): CommandEnvelope {
  return { ticketId, commandId, ...callerOf(ctx), at: withMilliseconds(util.time.nowISO8601()) };
}
