import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/** Some of what the endpoint answers. */
export interface Route {
  /** Whether a request is for it. */
  serves(request: IncomingMessage): boolean;
  /** Whether AWS answers it to pages of any origin. */
  readonly corsOnAws?: boolean;
  /** Answers it. Without it, the route takes upgrades alone. */
  handle?(request: IncomingMessage, response: ServerResponse): void | Promise<void>;
  /** Takes a connection over, as for a WebSocket. */
  upgrade?(request: IncomingMessage, socket: Duplex, head: Buffer): void;
}

/** Without the query; a path that is no URL is a path all the same. */
export function pathOf({ url = '/' }: IncomingMessage): string {
  return url.split('?', 1)[0]!;
}
