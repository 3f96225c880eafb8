import { type Context, util } from '@aws-appsync/utils';
import type { UpdateTicket } from '../domain/commands';
import type { MutationUpdateTicketArgs } from '../generated/schema';
import { envelope } from './shared/envelope';

export function request(ctx: Context<MutationUpdateTicketArgs>) {
  const { id, commandId, ...fields } = ctx.args.input;
  const command: UpdateTicket = {
    type: 'UpdateTicket',
    ...fields,
    ...envelope(ctx, id, commandId ?? util.autoId()),
  };
  ctx.stash.command = command;
  return null;
}

export function response(ctx: Context) {
  return ctx.prev.result;
}
