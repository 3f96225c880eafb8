import { createHash } from 'node:crypto';
import type { Trailer } from './export';
import { type Line, linesOf } from './lines';
import { OpsError } from './ops-error';

/** A line of an export that has an event, which may be wrong in everything but its key. */
export interface EventLine extends Pick<Line, 'number' | 'bytes'> {
  event: Record<string, unknown> & { ticketId: string; version: number };
}

/**
 * The lines of an export ticket by ticket, up to its trailer, which has to be right. Throws OpsError, also at the end: what
 * came before is an export only if the end is reached.
 */
export async function* historiesOf(file: string): AsyncIterable<EventLine[]> {
  const seen = new Set<string>();
  let history: EventLine[] = [];
  for await (const line of eventLinesOf(file)) {
    const { ticketId } = line.event;
    if (history[0] && history[0].event.ticketId !== ticketId) {
      yield history;
      history = [];
    }
    if (history.length === 0 && seen.has(ticketId)) {
      throw new OpsError(`${file}, line ${line.number}: the events of ${ticketId} are not together.`);
    }
    seen.add(ticketId);
    history.push(line);
  }
  if (history.length > 0) {
    yield history;
  }
}

async function* eventLinesOf(file: string): AsyncIterable<EventLine> {
  const hash = createHash('sha256');
  let count = 0;
  let trailer: Partial<Trailer> | undefined;
  for await (const line of linesOf(file)) {
    if (trailer) {
      throw new OpsError(`${file}, line ${line.number}: nothing may follow the last line of an export.`);
    }
    const fields = parse(line, file);
    if (isEvent(fields)) {
      hash.update(`${line.text}\n`);
      count += 1;
      yield { number: line.number, bytes: line.bytes, event: fields };
    } else if (fields.end === true) {
      trailer = fields;
    } else if (typeof fields.ticketId === 'string') {
      throw new OpsError(`${file}, line ${line.number}: ${fields.ticketId}: version must be a whole number.`);
    } else {
      throw new OpsError(`${file}, line ${line.number} is no event: it has no ticketId and version.`);
    }
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

function parse({ text, number }: Line, file: string): Record<string, unknown> {
  try {
    const parsed = JSON.parse(text) as unknown;
    return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : {};
  } catch (error) {
    throw new OpsError(`${file}, line ${number} is no JSON: ${(error as Error).message}.`);
  }
}

function isEvent(fields: Record<string, unknown>): fields is EventLine['event'] {
  return typeof fields.ticketId === 'string' && Number.isInteger(fields.version);
}
