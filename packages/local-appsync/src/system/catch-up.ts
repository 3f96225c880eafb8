import { pause } from '../shared/pause';

const PATIENCE_MS = 30_000;

/**
 * Waits until everything that was written before has been handled, but not for ever: a function that fails each time,
 * as on a full disk, must not keep the system from answering. Rejects with what `caughtUp` rejects with meanwhile.
 */
export async function catchUp(
  caughtUp: Promise<void>,
  log: (line: string) => void,
  patienceMs = PATIENCE_MS,
): Promise<void> {
  const patience = new AbortController();
  try {
    const isLate = await Promise.race([
      caughtUp.then(() => false),
      pause(patienceMs, patience.signal).then(() => true),
    ]);
    if (isLate) {
      log('The functions have not handled all that was written before. They go on; what they write may be behind.');
      // Nobody waits for it any more, and it fails if the system stops first.
      caughtUp.catch(() => undefined);
    }
  } finally {
    patience.abort();
  }
}
