import type { TicketError } from '../../domain/errors';
import { util } from './appsync';

/** Ends the request with a refusal of the domain: errorType and errorInfo as in the API's contract. */
export function raise(error: TicketError): never {
  return util.error(error.message, error.type, null, error.info);
}

/** Ends the request if a rule is broken. */
export function check(broken: TicketError | null): void {
  if (broken) {
    raise(broken);
  }
}

/** Ends the request if the data source failed. AppSync itself does not: an unread ctx.error is a swallowed failure. */
export function raiseFailure(ctx: { error?: { message: string; type: string } }): void {
  if (ctx.error) {
    util.error(ctx.error.message, ctx.error.type);
  }
}
