import { buildSync } from 'esbuild';
import { join } from 'node:path';

/** Globals the guest uses; it takes them in before AppSync's lack of them is put in force. */
const INTRINSICS = [
  'Array',
  'BigInt',
  'Boolean',
  'Date',
  'Error',
  'Intl',
  'JSON',
  'Map',
  'Math',
  'Number',
  'Object',
  'Promise',
  'RangeError',
  'Reflect',
  'RegExp',
  'Set',
  'String',
  'Symbol',
  'SyntaxError',
  'TypeError',
  'WeakMap',
  'WeakSet',
  'decodeURIComponent',
  'encodeURIComponent',
  'isFinite',
  'isNaN',
  'parseFloat',
  'parseInt',
];

/** `entry` of guest/ as one script: a function of the global object that returns what `entry` exports. */
const bundle = (entry: string): string => {
  const { outputFiles } = buildSync({
    entryPoints: [join(__dirname, 'guest', entry)],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'exported',
    target: 'node20',
    banner: { js: `(function (globalThis) { "use strict"; const { ${INTRINSICS.join(', ')} } = globalThis;` },
    footer: { js: 'return exported; })' },
  });
  const [file] = outputFiles;
  if (!file) throw new Error(`esbuild wrote nothing for guest/${entry}.`);
  return file.text;
};

const once = (compute: () => string): (() => string) => {
  let known: string | undefined;
  return () => (known ??= compute());
};

/** The helpers and the evaluator. */
export const guestScript = once(() => bundle('entry.ts'));
/** The date formats: ten times as big, so apart. */
export const dateFormatsScript = once(() => bundle('date-formats.ts'));
