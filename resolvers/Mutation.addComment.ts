import type { Context } from '@aws-appsync/utils';
import type { MutationAddCommentArgs } from '../generated/schema';
import { accept, answer } from './shared/accept';
import { util } from './shared/appsync';
import { envelope } from './shared/envelope';

export function request(ctx: Context<MutationAddCommentArgs>) {
  const { id, commandId, ...fields } = ctx.args.input;
  accept(ctx, { type: 'AddComment', ...fields, ...envelope(ctx, id, commandId ?? util.autoId()) });
  return {};
}

export function response(ctx: Context) {
  return answer(ctx);
}
