import type { IncomingMessage } from 'node:http';
import { RequestError } from './errors';

/** A larger request body is refused. AWS documents no figure; this is the one its support has named. */
const MAX_BODY_BYTES = 1024 * 1024;

/**
 * The body as text. One that is too large is read to its end all the same, so that the client gets to see the answer.
 * Throws RequestError; rejects when the client hangs up before the end.
 */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= MAX_BODY_BYTES) {
      chunks.push(chunk);
    }
  }
  if (size > MAX_BODY_BYTES) {
    const message = `The request body has ${size} bytes; at most ${MAX_BODY_BYTES} are taken.`;
    throw new RequestError(413, 'RequestEntityTooLargeException', message);
  }
  return Buffer.concat(chunks).toString('utf8');
}
