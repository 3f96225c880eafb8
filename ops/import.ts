import { stat } from 'node:fs/promises';
import type { StoredEvent } from '../domain/upcast';
import { append, type Appended } from './append';
import { HistoryCheck } from './check-history';
import { conflictWith, isEmpty } from './conflicts';
import type { Deployment } from './deployment';
import { type EventLine, historiesOf } from './export-file';
import { inParallel } from './in-parallel';
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
 * Appends the events of an export to the log. Everything is checked before anything is written: the file to its end, each
 * event, each history, and that the log has no other event in the place of one. An import that was interrupted goes on
 * when it is started again. Throws OpsError, which names the file, the line, the ticket and the field.
 */
export async function importLog(deployment: Deployment, file: string, options: ImportOptions = {}): Promise<Import> {
  const { dryRun = false, progress = () => undefined } = options;
  const { size } = await stat(file).catch((error: Error) => {
    throw new OpsError(`Can't read ${file}: ${error.message}.`);
  });
  const total = size * (dryRun ? 1 : 2);
  let bytes = 0;
  const read = (history: EventLine[]) => {
    bytes += history.reduce((sum, line) => sum + line.bytes, 0);
    progress(bytes, total);
  };
  const result: Import = { events: 0, tickets: 0, alreadyThere: 0 };

  const mayConflict = !(await isEmpty(deployment));
  await inParallel(historiesOf(file), TICKETS_AT_A_TIME, async (history) => {
    checkEvents(history, file);
    const conflict = mayConflict ? await conflictWith(deployment, history) : undefined;
    if (conflict) {
      const { ticketId, version } = conflict.event;
      throw new OpsError(
        `${placeOf(conflict, file)}: the log has another event as version ${version} of ${ticketId}. ${ADVICE}`,
      );
    }
    result.events += history.length;
    result.tickets += 1;
    read(history);
  });
  if (dryRun) {
    return result;
  }

  await inParallel(historiesOf(file), TICKETS_AT_A_TIME, async (history) => {
    for (const line of history) {
      const appended = await appendLine(line, file, deployment);
      result.alreadyThere += appended === 'there already' ? 1 : 0;
    }
    read(history);
  });
  return result;
}

const ADVICE = 'Events are never changed: import into an empty log, or leave this ticket out.';

/** Throws OpsError if another writer was faster than the import after its check. */
async function appendLine(line: EventLine, file: string, deployment: Deployment): Promise<Appended> {
  try {
    return await append(line.event as unknown as StoredEvent, deployment);
  } catch (error) {
    throw error instanceof OpsError ? new OpsError(`${placeOf(line, file)}: ${error.message}`) : error;
  }
}

function checkEvents(history: EventLine[], file: string): void {
  const check = new HistoryCheck(history[0]!.event.ticketId);
  for (const line of history) {
    const [wrong] = check.stored(line.event);
    if (wrong) {
      throw new OpsError(`${placeOf(line, file)}: ${wrong.ticketId} version ${wrong.version}: ${wrong.why}.`);
    }
  }
}

function placeOf({ number }: EventLine, file: string): string {
  return `${file}, line ${number}`;
}
