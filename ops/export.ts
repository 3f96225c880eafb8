import { unmarshall } from '@aws-sdk/util-dynamodb';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import type { Deployment } from './deployment';
import { historiesIn } from './history';
import { type Progress, scan } from './scan';

/** The last line of an export: what is before it is whole if the count and the digest are right. */
export interface Trailer {
  end: true;
  events: number;
  /** Of the lines before, each with its line feed. */
  sha256: string;
}

/**
 * Writes the log as JSON Lines: an event a line, as it is stored, a ticket's events together and in order; then a line
 * that tells how many there were. The number of events.
 */
export async function exportLog(
  { dynamodb, events }: Deployment,
  output: Writable,
  progress: Progress = () => undefined,
): Promise<number> {
  const hash = createHash('sha256');
  let count = 0;
  const write = async (text: string) => {
    hash.update(text);
    if (!output.write(text)) {
      await once(output, 'drain');
    }
  };
  await scan(
    dynamodb,
    { TableName: events, ConsistentRead: true },
    async (pages) => {
      for await (const { items } of historiesIn(pages)) {
        count += items.length;
        // In one piece: other segments write, too.
        await write(items.map((item) => `${JSON.stringify(unmarshall(item))}\n`).join(''));
      }
    },
    progress,
  );
  const trailer: Trailer = { end: true, events: count, sha256: hash.digest('hex') };
  output.write(`${JSON.stringify(trailer)}\n`);
  return count;
}
