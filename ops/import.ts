import { marshall } from '@aws-sdk/util-dynamodb';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import pLimit from 'p-limit';
import type { StoredEvent } from '../domain/upcast';
import type { Item } from '../functions/project/decode';
import { append } from './append';
import { compareLog } from './compare';
import type { Deployment } from './deployment';
import type { Trailer } from './export';
import { OpsError } from './ops-error';
import type { Progress } from './scan';

export interface ImportOptions {
  /** Check the file, and write nothing. */
  dryRun?: boolean;
  progress?: Progress;
}

export interface Import {
  events: number;
  tickets: number;
  alreadyThere: number;
}

const TICKETS_AT_A_TIME = 32;

/**
 * Appends the events of an export to the log. The whole file is checked before anything is written: each line is an
 * event, each history without a gap and each state what its facts lead to, and the end is there. An import that was broken
 * off goes on when it is started again. Throws OpsError with the line that is wrong.
 */
export async function importLog(deployment: Deployment, file: string, options: ImportOptions = {}): Promise<Import> {
  const { dryRun = false, progress = () => undefined } = options;
  const { size } = await stat(file).catch((error: Error) => {
    throw new OpsError(`Can't read ${file}: ${error.message}.`);
  });
  const result: Import = { events: 0, tickets: 0, alreadyThere: 0 };
  const rounds = dryRun ? 1 : 2;
  let bytes = 0;
  const read = (events: StoredEvent[], length: number) => {
    bytes += length;
    progress(bytes, size * rounds);
    return events;
  };

  for await (const { events, length, line } of checkedHistories(file)) {
    read(events, length);
    const { ticketId } = events[0]!;
    const [wrong] = compareLog(
      ticketId,
      events.map((event) => marshall(event) as Item),
    );
    if (wrong) {
      throw new OpsError(`${file}, from line ${line}: ${ticketId} version ${wrong.version}: ${wrong.why}.`);
    }
    result.events += events.length;
    result.tickets += 1;
  }
  if (dryRun) {
    return result;
  }

  const limit = pLimit(TICKETS_AT_A_TIME);
  let writes: Promise<void>[] = [];
  for await (const { events, length } of checkedHistories(file)) {
    writes.push(
      limit(async () => {
        for (const event of read(events, length)) {
          const appended = await append(event, deployment);
          result.alreadyThere += appended === 'there already' ? 1 : 0;
        }
      }),
    );
    if (writes.length >= TICKETS_AT_A_TIME * 4) {
      await Promise.all(writes);
      writes = [];
    }
  }
  await Promise.all(writes);
  return result;
}

interface ImportedHistory {
  events: StoredEvent[];
  /** In the file, of the first event. */
  line: number;
  /** In characters, near enough to bytes to tell of progress. */
  length: number;
}

/** The histories of a file, ticket by ticket, up to its trailer, which has to be right. */
async function* checkedHistories(file: string): AsyncIterable<ImportedHistory> {
  const hash = createHash('sha256');
  const seen = new Set<string>();
  let history: ImportedHistory = { events: [], line: 1, length: 0 };
  let count = 0;
  let number = 0;
  let trailer: Trailer | undefined;
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    number += 1;
    if (trailer) {
      throw new OpsError(`${file}, line ${number}: nothing may follow the last line of an export.`);
    }
    const parsed = parse(line, file, number);
    if ('end' in parsed) {
      trailer = parsed;
      continue;
    }
    hash.update(`${line}\n`);
    count += 1;
    const { ticketId } = parsed;
    if (history.events[0] && history.events[0].ticketId !== ticketId) {
      seen.add(history.events[0].ticketId);
      yield history;
      history = { events: [], line: number, length: 0 };
    }
    if (seen.has(ticketId)) {
      throw new OpsError(`${file}, line ${number}: the events of ${ticketId} are not together.`);
    }
    history.events.push(parsed);
    history.length += line.length + 1;
  }
  if (history.events.length > 0) {
    yield history;
  }
  if (!trailer) {
    throw new OpsError(`${file} ends without the last line of an export: it is not whole. Export it again.`);
  }
  if (trailer.events !== count || trailer.sha256 !== hash.digest('hex')) {
    throw new OpsError(
      `${file} is not what was exported: ${count} events, ${trailer.events} expected, or a changed line.`,
    );
  }
}

function parse(line: string, file: string, number: number): StoredEvent | Trailer {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch (error) {
    throw new OpsError(`${file}, line ${number} is no JSON: ${(error as Error).message}.`);
  }
  const fields = (typeof parsed === 'object' && parsed !== null ? parsed : {}) as Partial<StoredEvent & Trailer>;
  const isEvent = typeof fields.ticketId === 'string' && Number.isInteger(fields.version);
  if (!isEvent && fields.end !== true) {
    throw new OpsError(`${file}, line ${number} is no event: it has no ticketId and version.`);
  }
  return parsed as StoredEvent | Trailer;
}
