import { setTimeout as pause } from 'node:timers/promises';

const PATIENCE_MS = 30_000;

/** A step did not come to what it must. */
export class Failed extends Error {
  override readonly name = 'Failed';
}

/** Throws Failed. */
export function expect(what: string, got: unknown, expected: unknown): void {
  if (JSON.stringify(got) !== JSON.stringify(expected)) {
    throw new Failed(`${what}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(got)}`);
  }
}

/** Asks again until the answer is as expected. Throws Failed. */
export async function eventually(what: string, ask: () => unknown, expected: unknown): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const answer = await ask();
    if (JSON.stringify(answer) === JSON.stringify(expected)) {
      return;
    }
    if (Date.now() > deadline) {
      throw new Failed(
        `${what}: not ${JSON.stringify(expected)} within ${PATIENCE_MS / 1000} s; the last was ${JSON.stringify(answer)}`,
      );
    }
    await pause(250);
  }
}
