import type { IncomingMessage } from 'node:http';
import { type Headers, parseObject } from './frames';

const CARRIER = 'header-';

/**
 * The headers that authorize a handshake, in whichever of three ways the client carries them: a subprotocol
 * `header-<base64url JSON>`, a query parameter `header=<base64 JSON>`, or headers of the upgrade request itself.
 * Source: https://docs.aws.amazon.com/appsync/latest/devguide/real-time-websocket-client.html
 */
export function handshakeHeaders({ headers, url }: Pick<IncomingMessage, 'headers' | 'url'>): Headers {
  const offered = String(headers['sec-websocket-protocol'] ?? '').split(/\s*,\s*/);
  const inProtocol = offered.find((protocol) => protocol.startsWith(CARRIER))?.slice(CARRIER.length);
  // A plus sign in a query means a space, but clients do not escape that of base64.
  const [, query] = (url ?? '').split('?', 2);
  const inQuery = new URLSearchParams(query).get('header')?.replace(/ /g, '+');
  const encoded = inProtocol ?? inQuery;
  if (encoded === undefined) {
    return headers;
  }
  return parseObject(Buffer.from(encoded, 'base64').toString('utf8')) ?? {};
}
