import { type Context, util } from '@aws-appsync/utils';
import type { CommandEnvelope } from '../../domain/commands';

/** What every command carries besides its input: which ticket, which command, who and when. */
export function envelope(ctx: Context, ticketId: string, commandId: string): CommandEnvelope {
  return { ticketId, commandId, actor: callerOf(ctx), at: util.time.nowISO8601() };
}

/** Who is calling. An API key names nobody: the key itself is the actor. */
function callerOf(ctx: Context): string {
  const identity = ctx.identity as { username?: string } | null | undefined;
  return identity?.username ?? 'api-key';
}
