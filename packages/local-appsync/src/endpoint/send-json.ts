import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';

/** Answers with JSON, and with the id of the request that all AWS services send. Names of headers are in lower case. */
export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  const text = JSON.stringify(body ?? null);
  response
    .writeHead(status, {
      'content-type': 'application/json',
      'x-amzn-requestid': randomUUID(),
      'content-length': Buffer.byteLength(text),
      ...headers,
    })
    .end(text);
}
