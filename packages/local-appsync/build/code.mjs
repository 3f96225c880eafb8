import { build, transform } from 'esbuild';
import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { basename, join } from 'node:path';
import { guestScripts } from './guest.mjs';
import { licensesOf } from './licenses.mjs';
import { doors, PACKAGE, stamp } from './package.mjs';
import { writeFolder } from './write.mjs';

const ENTRIES = {
  ...Object.fromEntries(doors().map((door) => [door, `src/api/${door}.ts`])),
  cli: 'src/cli/main.ts',
  'type-check-worker': 'src/appsync-js/type-check/worker.ts',
  'validation-worker': 'src/services/appsync/execution/validation/worker.ts',
};

/** Files of Lambda's side, which run as they are in processes of their own. */
const BOOTSTRAP = 'src/services/lambda/bootstrap';

const TARGET = 'node20';

/** Builds all of dist/ but the types. */
export async function buildCode() {
  const began = new Date();
  const [code, guest] = await Promise.all([bundles(), guestScripts()]);
  const licenses = licensesOf([...code.metafiles, ...guest.metafiles]);
  const files = new Map([...code.files, ...guest.files, ...bootstrap(), ['licenses.txt', licenses]]);
  writeFolder(join(PACKAGE, 'dist'), files, ['types']);
  stamp('dist/cli.js', began);
}

/**
 * The entries, and the chunks that they share: each module is in memory once, whichever of them are loaded. Only ES
 * modules can be split into chunks; each is then turned into CommonJS, which every Jest can load.
 */
async function bundles() {
  const { outputFiles, metafile } = await build({
    absWorkingDir: PACKAGE,
    entryPoints: ENTRIES,
    outdir: 'dist',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: TARGET,
    write: false,
    metafile: true,
    sourcemap: 'inline',
    sourcesContent: false,
    chunkNames: 'chunk-[hash]',
    plugins: [dependenciesStayOutside],
  });
  const isChunk = ({ path }) => basename(path).startsWith('chunk-');
  // What others load is written before them.
  const inOrder = [...outputFiles].sort((a, b) => Number(isChunk(b)) - Number(isChunk(a)));
  const written = await Promise.all(inOrder.map(({ path, text }) => commonJs(basename(path), text)));
  return { files: written.flat(), metafiles: [metafile] };
}

async function commonJs(name, text) {
  const { code, map } = await transform(text, {
    format: 'cjs',
    platform: 'node',
    target: TARGET,
    sourcefile: name,
    sourcemap: 'external',
    sourcesContent: false,
  });
  return [
    [name, `${code}//# sourceMappingURL=${name}.map\n`],
    [`${name}.map`, map],
  ];
}

/** What package.json lists for users is loaded from there; what it lists for development alone is bundled. */
const dependenciesStayOutside = {
  name: 'dependencies-stay-outside',
  setup({ onResolve }) {
    const { dependencies } = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8'));
    const outside = new Set([...Object.keys(dependencies), ...builtinModules]);
    const isOutside = (path) => path.startsWith('node:') || outside.has(packageOf(path));
    onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
      kind !== 'entry-point' && isOutside(path) ? { path, external: true } : undefined,
    );
  },
};

/** `@aws-sdk/client-dynamodb` of a path in it. */
function packageOf(path) {
  return path
    .split('/')
    .slice(0, path.startsWith('@') ? 2 : 1)
    .join('/');
}

function bootstrap() {
  const folder = join(PACKAGE, BOOTSTRAP);
  return readdirSync(folder).map((name) => [`bootstrap/${name}`, readFileSync(join(folder, name), 'utf8')]);
}
