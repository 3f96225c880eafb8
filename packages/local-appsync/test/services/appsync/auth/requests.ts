import type { AuthRequest } from '../../../../src/services/appsync/auth/types';
import type { Unauthorized } from '../../../../src/services/appsync/auth/unauthorized';

export function post(headers: AuthRequest['headers'], more: Partial<AuthRequest> = {}): AuthRequest {
  return {
    headers,
    method: 'POST',
    path: '/graphql',
    body: '{"query":"{ now }"}',
    sourceIp: '127.0.0.1',
    ...more,
  };
}

/** What a refusal has to look like, whoever refuses. */
export function unauthorized(message: string | RegExp): Partial<Unauthorized> {
  return {
    name: 'Unauthorized',
    errorType: 'UnauthorizedException',
    status: 401,
    message: typeof message === 'string' ? message : (expect.stringMatching(message) as string),
  };
}
