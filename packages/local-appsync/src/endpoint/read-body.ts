import type { IncomingMessage } from 'node:http';

/**
 * The body. One that is too large is read to its end all the same, so that the client gets to see the answer.
 * Throws what `tooLarge` makes of the size; rejects when the client hangs up before the end.
 */
export async function readBody(
  request: IncomingMessage,
  maxBytes: number,
  tooLarge: (message: string) => Error,
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= maxBytes) {
      chunks.push(chunk);
    }
  }
  if (size > maxBytes) {
    throw tooLarge(`The request body has ${size} bytes; at most ${maxBytes} are taken.`);
  }
  return Buffer.concat(chunks);
}
