import type { IncomingMessage, ServerResponse } from 'node:http';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import sirv from 'sirv';
import { StartError } from '../shared/start-error';

/** Nothing is loaded or framed from elsewhere; styles that scripts set are let be. */
const POLICY = [
  "default-src 'self'",
  "connect-src 'self' ws://localhost:* ws://127.0.0.1:*",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

const HEADERS = {
  'content-security-policy': POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-cache',
};

/** Answers with a file, or calls `next`. */
export type Pages = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

/** A folder of pages, as a static host would serve it. Throws StartError if it has none. */
export function servePages(folder: string): Pages {
  const root = resolve(folder);
  if (!existsSync(join(root, 'index.html'))) {
    throw new StartError(`${root} has no index.html to serve. Build it first, or leave out --web.`);
  }
  // `dev` looks files up when they are asked for: a build may replace them.
  return sirv(root, {
    dev: true,
    etag: true,
    setHeaders: (response) => Object.entries(HEADERS).forEach(([name, value]) => response.setHeader(name, value)),
  });
}
