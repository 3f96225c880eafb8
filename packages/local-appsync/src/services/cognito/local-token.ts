import type { IncomingMessage, ServerResponse } from 'node:http';
import { HttpError, told } from '../../endpoint/http-error';
import { pathOf, type Route } from '../../endpoint/route';
import { sendJson } from '../../endpoint/send-json';
import type { LocalUserPool } from './user-pool';

const LOOPBACK_NAMES = new Set(['localhost', '127.0.0.1', '[::1]']);
const LOOPBACK_ADDRESSES = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

/**
 * `GET /local/token?user=alice&groups=agents` → `{"token"}`: a token of the local user pool for whoever asks, `use=id`
 * for an id token. Whoever asks must be on this machine, and no page of another site: a site that has its own name
 * point here (DNS rebinding) is known by the Host, any other by the Origin.
 */
export class TokenRoute implements Route {
  /** Whose tokens are handed out. */
  pool?: LocalUserPool;

  serves(request: IncomingMessage): boolean {
    return pathOf(request) === '/local/token';
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { origin } = request.headers;
    const headers = {
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      ...(origin !== undefined && isLoopbackUrl(origin) && { 'access-control-allow-origin': origin, vary: 'origin' }),
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
  const { host = '', origin } = request.headers;
  const isLocal =
    LOOPBACK_ADDRESSES.has(request.socket.remoteAddress ?? '') &&
    isLoopbackUrl(`http://${host}`) &&
    (origin === undefined || isLoopbackUrl(origin));
  if (!isLocal) {
    throw new HttpError(
      403,
      'Forbidden',
      'Tokens are handed out to this machine alone: ask at localhost, and not from a page of another site.',
    );
  }
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

function isLoopbackUrl(url: string): boolean {
  return URL.canParse(url) && LOOPBACK_NAMES.has(new URL(url).hostname);
}
