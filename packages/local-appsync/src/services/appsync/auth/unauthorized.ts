import { HttpError } from '../../../endpoint/http-error';

/** The wordings of AWS AppSync, as clients have reported them. */
export const refusals = {
  /** No credentials, or of a kind that the API is not configured for. */
  missing: 'Valid authorization header not provided.',
  /** The credentials are readable and not good enough. */
  refused: 'You are not authorized to make this call.',
  expired: 'Token has expired.',
  unparsable: 'Unable to parse JWT token',
} as const;

/** A call refused before anything of it ran. `cause` holds what gave the reason away; the caller does not get it. */
export class Unauthorized extends HttpError {
  override readonly name = 'Unauthorized';

  constructor(message: string, options?: ErrorOptions) {
    super(401, 'UnauthorizedException', message, options);
  }
}
