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
  // The helpers and the evaluator; and the date formats, ten times as big, so apart.
  const [evaluator, dateFormats] = await Promise.all([bundle('entry.ts'), bundle('date-formats.ts')]);
  return {
    files: [
      ['guest/evaluator.js', evaluator.text],
      ['guest/date-formats.js', dateFormats.text],
    ],
    metafiles: [evaluator.metafile, dateFormats.metafile],
  };
}

async function bundle(entry) {
  const { outputFiles, metafile } = await build({
    absWorkingDir: PACKAGE,
    entryPoints: [join(PACKAGE, 'src', 'appsync-js', 'realm', 'guest', entry)],
    bundle: true,
    write: false,
    metafile: true,
    format: 'iife',
    globalName: 'exported',
    target: 'node20',
    banner: { js: `(function (globalThis) { "use strict"; const { ${INTRINSICS.join(', ')} } = globalThis;` },
    footer: { js: 'return exported; })' },
  });
  return { text: outputFiles[0].text, metafile };
}
