import { createReadStream } from 'node:fs';
import { OpsError } from './ops-error';

export interface Line {
  /** From 1. */
  number: number;
  text: string;
  /** In the file, with its end. */
  bytes: number;
}

/** An event as JSON takes six bytes for one at most, and DynamoDB's items have 400 KB. */
const LONGEST_LINE = 4 * 1024 * 1024;
const LINE_FEED = 0x0a;
const BYTE_ORDER_MARK = '\ufeff';

/**
 * The lines of a UTF-8 file, with or without a byte order mark, which end with a line feed or with CR and LF. Not by
 * Node's readline: it also ends a line at U+2028 and U+2029, which JSON has inside strings, from Node 24 on. Throws
 * OpsError.
 */
export async function* linesOf(file: string): AsyncIterable<Line> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let number = 0;
  let pieces: Buffer[] = [];
  const line = (last: Buffer, end: number): Line => {
    const bytes = Buffer.concat([...pieces, last]);
    pieces = [];
    number += 1;
    try {
      const text = decoder.decode(bytes);
      const begin = number === 1 && text.startsWith(BYTE_ORDER_MARK) ? 1 : 0;
      return { number, text: text.slice(begin, text.endsWith('\r') ? -1 : undefined), bytes: bytes.length + end };
    } catch {
      throw new OpsError(`${file}, line ${number} is no UTF-8.`);
    }
  };
  for await (const chunk of chunksOf(file)) {
    let from = 0;
    for (let at = chunk.indexOf(LINE_FEED); at >= 0; at = chunk.indexOf(LINE_FEED, from)) {
      yield line(chunk.subarray(from, at), 1);
      from = at + 1;
    }
    pieces.push(chunk.subarray(from));
    if (pieces.reduce((sum, piece) => sum + piece.length, 0) > LONGEST_LINE) {
      throw new OpsError(`${file}, line ${number + 1} is longer than an event can be.`);
    }
  }
  if (pieces.some((piece) => piece.length > 0)) {
    yield line(Buffer.alloc(0), 0);
  }
}

async function* chunksOf(file: string): AsyncIterable<Buffer> {
  try {
    for await (const chunk of createReadStream(file)) {
      yield chunk as Buffer;
    }
  } catch (error) {
    if (error instanceof OpsError) {
      throw error;
    }
    throw new OpsError(`Can't read ${file}: ${(error as Error).message}.`);
  }
}
