import { build } from 'esbuild';
import { join } from 'node:path';
import { PACKAGE } from './package.mjs';

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

/** What runs beside resolver code, each as one script: a function of the global object that returns the exports. */
export async function guestScripts() {
  return new Map([
    // The helpers and the evaluator.
    ['guest/evaluator.js', await bundle('entry.ts')],
    // Ten times as big, so apart.
    ['guest/date-formats.js', await bundle('date-formats.ts')],
  ]);
}

async function bundle(entry) {
  const { outputFiles } = await build({
    entryPoints: [join(PACKAGE, 'src', 'appsync-js', 'realm', 'guest', entry)],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'exported',
    target: 'node20',
    banner: { js: `(function (globalThis) { "use strict"; const { ${INTRINSICS.join(', ')} } = globalThis;` },
    footer: { js: 'return exported; })' },
  });
  return outputFiles[0].text;
}
