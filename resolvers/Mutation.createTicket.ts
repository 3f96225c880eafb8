import type { Context } from '@aws-appsync/utils';
import type { MutationCreateTicketArgs } from '../generated/schema';
import { accept, answer } from './shared/accept';
import { util } from './shared/appsync';
import { envelope } from './shared/envelope';

export function request(ctx: Context<MutationCreateTicketArgs>) {
  const { id, commandId, ...fields } = ctx.args.input;
  // A command that brings its own id but none for the ticket must find the same ticket when it is repeated.
  const ticketId = id ?? commandId ?? util.autoId();
  accept(ctx, { type: 'CreateTicket', ...fields, ...envelope(ctx, ticketId, commandId ?? util.autoId()) });
  return {};
}

export function response(ctx: Context) {
  return answer(ctx);
}
