import type { AuthRequest } from './types';

/*
 * Over a WebSocket the headers that authorize travel as an object: in the handshake, and in the
 * `extensions.authorization` of each start frame. A SigV4 signature there covers a POST that is never sent.
 * Source: https://docs.aws.amazon.com/appsync/latest/devguide/real-time-websocket-client.html
 */

/** The path that a handshake is signed for; it tells a handshake from the rest, too. */
export const CONNECT_PATH = '/graphql/connect';

/** @param authorization the handshake's header object. */
export function connectRequest(authorization: Readonly<Record<string, unknown>>, sourceIp: string): AuthRequest {
  return {
    headers: lowerCaseHeaders(authorization),
    method: 'POST',
    path: CONNECT_PATH,
    body: '{}',
    sourceIp,
  };
}

/**
 * @param authorization the start frame's `payload.extensions.authorization`.
 * @param data its `payload.data`: the string itself, since that is what was signed.
 */
export function startRequest(
  authorization: Readonly<Record<string, unknown>>,
  data: string,
  sourceIp: string,
): AuthRequest {
  return {
    headers: lowerCaseHeaders(authorization),
    method: 'POST',
    path: '/graphql',
    body: data,
    sourceIp,
  };
}

/** What is no string can be no header, so it authorizes nothing. */
export function lowerCaseHeaders(headers: Readonly<Record<string, unknown>>): Record<string, string> {
  const lower: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (typeof value === 'string') {
      lower[name.toLowerCase()] = value;
    }
  }
  return lower;
}
