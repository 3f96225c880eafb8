/** The wordings of AWS AppSync, as clients have reported them. */
export const refusals = {
  /** No credentials, or of a kind that the API is not configured for. */
  missing: 'Valid authorization header not provided.',
  /** The credentials are readable and not good enough. */
  refused: 'You are not authorized to make this call.',
  expired: 'Token has expired.',
  unparsable: 'Unable to parse JWT token',
} as const;

/**
 * A call refused before anything of it ran: HTTP 401. `cause` holds what gave the reason away, for the log;
 * the caller gets `errorType` and `message`.
 */
export class Unauthorized extends Error {
  override readonly name = 'Unauthorized';
  readonly errorType = 'UnauthorizedException';
  readonly statusCode = 401;
}
