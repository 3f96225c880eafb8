import { type Context, util } from '@aws-appsync/utils';
import type { CreateTicket } from '../domain/commands';
import type { MutationCreateTicketArgs } from '../generated/schema';
import { envelope } from './shared/envelope';

export function request(ctx: Context<MutationCreateTicketArgs>) {
  const { id, commandId, ...fields } = ctx.args.input;
  // A command that brings its own id but none for the ticket must find the same ticket when it is repeated.
  const ticketId = id ?? commandId ?? util.autoId();
  const command: CreateTicket = {
    type: 'CreateTicket',
    ...fields,
    ...envelope(ctx, ticketId, commandId ?? util.autoId()),
  };
  ctx.stash.command = command;
  return null;
}

export function response(ctx: Context) {
  return ctx.prev.result;
}
