import { readFileSync } from 'node:fs';
import { builtFile } from '../../shared/built-file';

/** The helpers and the evaluator, as one script: a function of the global object that returns what guest/entry.ts exports. */
export const guestScript = lazily('evaluator.js');

/** The date formats, likewise of guest/date-formats.ts: ten times as big, so apart. */
export const dateFormatsScript = lazily('date-formats.js');

function lazily(name: string): () => string {
  let text: string | undefined;
  return () => (text ??= readFileSync(builtFile('guest', name), 'utf8'));
}
