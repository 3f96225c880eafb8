import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const ROOT = join(__dirname, '..', '..');
const CRUISE = join(ROOT, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs');

const SRC = 'packages/local-appsync/src';

/** What is wrong, files with an import each (none: ''), and the rule that the first of them breaks. */
const REFUSED: [string, Record<string, string>, string][] = [
  [
    'a circle, of types as well',
    { 'domain/a1.ts': './a2', 'domain/a2.ts': './a3', 'domain/a3.ts': './a1' },
    'no-circles',
  ],
  ['domain/ with an import of functions/', { 'domain/b.ts': '../functions/b', 'functions/b.ts': '' }, 'domain-imports'],
  ['web/ with an import of ops/', { 'web/c.ts': '../ops/c', 'ops/c.ts': '' }, 'web-imports'],
  ['domain/ with a package', { 'domain/d.ts': 'graphql' }, 'domain-has-no-packages'],
  ['resolvers/ with a package', { 'resolvers/e.ts': 'graphql' }, 'resolvers-have-one-package'],
  [
    'a folder with an import of one above it',
    { [`${SRC}/endpoint/f.ts`]: '../system/f', [`${SRC}/system/f.ts`]: '' },
    'layer-3',
  ],
  ['a folder with an import of a door', { [`${SRC}/system/g.ts`]: '../api/g', [`${SRC}/api/g.ts`]: '' }, 'layer-6'],
  [
    'a service with an import of one that needs it',
    { [`${SRC}/services/iam/h.ts`]: '../lambda/h', [`${SRC}/services/lambda/h.ts`]: '' },
    'iam-is-below',
  ],
  [
    'the package with an import of the product',
    { [`${SRC}/endpoint/i.ts`]: '../../../../domain/i', 'domain/i.ts': '' },
    'the-runtime-knows-no-product',
  ],
  [
    'the product with an import of the inside of the package',
    { 'tools/j.ts': `../${SRC}/endpoint/j`, [`${SRC}/endpoint/j.ts`]: '' },
    'the-runtime-by-its-doors',
  ],
];

const ACCEPTED: Record<string, string> = {
  'domain/z1.ts': '',
  'functions/z2.ts': '../domain/z1',
  'ops/z3.ts': '../functions/z2',
  'resolvers/z4.ts': '@aws-appsync/utils',
  [`${SRC}/services/lambda/z5.ts`]: '../iam/z6',
  [`${SRC}/services/iam/z6.ts`]: '../../shared/z7',
  [`${SRC}/shared/z7.ts`]: '',
};

interface Violation {
  from: string;
  rule: { name: string };
}

let violations: Violation[];
const tree = mkdtempSync(join(tmpdir(), 'walls-'));
beforeAll(() => {
  symlinkSync(join(ROOT, 'node_modules'), join(tree, 'node_modules'));
  writeFileSync(join(tree, 'tsconfig.json'), '{}');
  writeFileSync(join(tree, 'package.json'), '{ "devDependencies": { "graphql": "*", "@aws-appsync/utils": "*" } }');
  const files = { ...ACCEPTED, ...Object.fromEntries(REFUSED.flatMap(([, imports]) => Object.entries(imports))) };
  for (const [file, imported] of Object.entries(files)) {
    mkdirSync(join(tree, dirname(file)), { recursive: true });
    writeFileSync(join(tree, file), imported === '' ? 'export type T = 1;' : `export type { T } from '${imported}';`);
  }
  const rooms = [...new Set(Object.keys(files).map((file) => file.split('/')[0]!))];
  const args = [CRUISE, '--config', join(ROOT, '.dependency-cruiser.cjs'), '--output-type', 'json', ...rooms];
  const { stdout } = spawnSync(process.execPath, args, { cwd: tree, encoding: 'utf8' });
  ({ violations } = (JSON.parse(stdout) as { summary: { violations: Violation[] } }).summary);
});
afterAll(() => rmSync(tree, { recursive: true }));

test.each(REFUSED)('lint refuses %s', (_, imports, rule) => {
  const [file] = Object.keys(imports);
  expect(violations.filter(({ from }) => from === file).map((each) => each.rule.name)).toEqual([rule]);
});

test('lint lets imports pass that point inward', () => {
  expect(violations.filter(({ from }) => from in ACCEPTED)).toEqual([]);
});
