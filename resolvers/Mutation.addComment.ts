import { type Context, util } from '@aws-appsync/utils';
import type { AddComment } from '../domain/commands';
import type { MutationAddCommentArgs } from '../generated/schema';
import { envelope } from './shared/envelope';

export function request(ctx: Context<MutationAddCommentArgs>) {
  const { id, commandId, body } = ctx.args.input;
  const command: AddComment = { type: 'AddComment', body, ...envelope(ctx, id, commandId ?? util.autoId()) };
  ctx.stash.command = command;
  return null;
}

export function response(ctx: Context) {
  return ctx.prev.result;
}
