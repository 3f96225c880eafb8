import type { IncomingMessage, ServerResponse } from 'node:http';
import { HttpError, told } from '../../endpoint/http-error';
import { pathOf, type Route } from '../../endpoint/route';
import { sendJson } from '../../endpoint/send-json';
import type { LocalUserPool } from './user-pool';

/**
 * `GET /local/token?user=alice&groups=agents` → `{"token"}`: a token of the local user pool for whoever the
 * endpoint admits, `use=id` for an id token.
 */
export class TokenRoute implements Route {
  /** Whose tokens are handed out. */
  pool?: LocalUserPool;

  serves(request: IncomingMessage): boolean {
    return pathOf(request) === '/local/token';
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const headers = {
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    };
    try {
      sendJson(response, 200, { token: await tokenFor(request, this.pool) }, headers);
    } catch (error) {
      const { status, message } = told(error, 'InternalFailure');
      sendJson(response, status, { message }, headers);
    }
  }
}

/** Throws HttpError. */
async function tokenFor(request: IncomingMessage, pool: LocalUserPool | undefined): Promise<string> {
  if (request.method !== 'GET') {
    const message = `${request.method} is not served here: GET /local/token?user=NAME&groups=GROUP,GROUP.`;
    throw new HttpError(405, 'MethodNotAllowed', message);
  }
  if (!pool) {
    throw new HttpError(
      404,
      'NoUserPool',
      'The assembly has no AWS::Cognito::UserPool, so there is nobody to hand out tokens.',
    );
  }
  const [, query] = (request.url ?? '').split('?', 2);
  const parameters = new URLSearchParams(query);
  const username = parameters.get('user');
  if (!username) {
    throw new HttpError(400, 'NoUser', 'Name a user: /local/token?user=NAME&groups=GROUP,GROUP.');
  }
  const groups = parameters.getAll('groups').flatMap((list) => list.split(',').filter((group) => group !== ''));
  try {
    return await pool.token({ username, groups, use: parameters.get('use') === 'id' ? 'id' : 'access' });
  } catch (error) {
    throw error instanceof RangeError ? new HttpError(400, 'InvalidUser', error.message) : error;
  }
}
