import type { IncomingMessage, ServerResponse } from 'node:http';
import type { LocalUserPool } from './user-pool';

const LOOPBACK_NAMES = new Set(['localhost', '127.0.0.1', '[::1]']);
const LOOPBACK_ADDRESSES = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

/**
 * `GET /local/token?user=alice&groups=agents` → `{"token"}`: a token of the local user pool for whoever asks, `use=id`
 * for an id token. Whoever asks must be on this machine, and no page of another site: a site that has its own name
 * point here (DNS rebinding) is known by the Host, any other by the Origin.
 */
export async function serveLocalToken(
  request: IncomingMessage,
  response: ServerResponse,
  pool: LocalUserPool | undefined,
): Promise<void> {
  const origin = request.headers.origin;
  const answer = await tokenAnswer(request, pool);
  response.writeHead(answer.status, {
    'content-type': 'application/json',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...(origin !== undefined && isLoopbackUrl(origin) ? { 'access-control-allow-origin': origin, vary: 'origin' } : {}),
  });
  response.end(JSON.stringify(answer.body));
}

interface Answer {
  status: number;
  body: { token: string } | { message: string };
}

const refused = (status: number, message: string): Answer => ({ status, body: { message } });

async function tokenAnswer(request: IncomingMessage, pool: LocalUserPool | undefined): Promise<Answer> {
  const { host = '', origin } = request.headers;
  const isLocal =
    LOOPBACK_ADDRESSES.has(request.socket.remoteAddress ?? '') &&
    isLoopbackUrl(`http://${host}`) &&
    (origin === undefined || isLoopbackUrl(origin));
  if (!isLocal) {
    return refused(
      403,
      'Tokens are handed out to this machine alone: ask at localhost, and not from a page of another site.',
    );
  }
  if (request.method !== 'GET') {
    return refused(405, `${request.method} is not served here: GET /local/token?user=NAME&groups=GROUP,GROUP.`);
  }
  if (!pool) {
    return refused(404, 'The assembly has no AWS::Cognito::UserPool, so there is nobody to hand out tokens.');
  }
  const [, query] = (request.url ?? '').split('?', 2);
  const parameters = new URLSearchParams(query);
  const username = parameters.get('user');
  if (!username) {
    return refused(400, 'Name a user: /local/token?user=NAME&groups=GROUP,GROUP.');
  }
  try {
    const groups = parameters.getAll('groups').flatMap((list) => list.split(',').filter((group) => group !== ''));
    const use = parameters.get('use') === 'id' ? 'id' : 'access';
    return { status: 200, body: { token: await pool.token({ username, groups, use }) } };
  } catch (error) {
    if (error instanceof RangeError) {
      return refused(400, error.message);
    }
    throw error;
  }
}

function isLoopbackUrl(url: string): boolean {
  return URL.canParse(url) && LOOPBACK_NAMES.has(new URL(url).hostname);
}
