import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dependencies } from '../../package.json';
import { packageOf } from './package-of';
import { Project } from './project';
import { pack, type Tarball } from './tarball';

const README = readFileSync(join(__dirname, '..', '..', 'README.md'), 'utf8');

let tarball: Tarball;
let project: Project;
beforeAll(async () => {
  tarball = pack();
  project = await Project.install(tarball.file);
});
afterAll(() => {
  project?.remove();
  tarball?.remove();
});

test('The tarball holds what is built, and no source', () => {
  const unexpected = tarball.paths.filter(
    (path) =>
      !/^(bin\/local-appsync\.js|dist\/.+\.(js|js\.map|cjs|mjs|d\.ts)|dist\/licenses\.txt|(README|CHANGELOG)\.md|LICENSE|package\.json)$/.test(
        path,
      ),
  );
  expect(unexpected).toEqual([]);
  expect(tarball.size).toBeLessThan(1_000_000);
});

test('The tarball says nothing about the product that it was made for', () => {
  const product = tarball.paths.filter((path) => /ticket/i.test(path) || /ticket/i.test(project.readInstalled(path)));
  expect(product).toEqual([]);
});

test('The tarball has the license of each package that is bundled', () => {
  const licenses = project.readInstalled('dist/licenses.txt');
  expect(licenses).toMatch(/^jose .*: MIT\n+The MIT License/m);
  expect(licenses).toMatch(/^@js-joda\/core .*: BSD-3-Clause\n+BSD License/m);
});

test('Every package that the type declarations name is a dependency', () => {
  const named = tarball.paths
    .filter((path) => path.endsWith('.d.ts'))
    .map((path) => project.readInstalled(path))
    .flatMap((text) =>
      [...text.matchAll(/\b(?:from |import\()['"]([^'".][^'"]*)/g)].map(([, name]) => packageOf(name!)),
    );
  expect(named).toContain('@aws-sdk/client-dynamodb');
  expect(Object.keys(dependencies)).toEqual(expect.arrayContaining(named));
});

test("The README's first test has at most 15 lines, and passes as it is written", async () => {
  const [, example] = /```js\n([^]*?)```/.exec(README)!;
  expect(example!.trim().split('\n').length).toBeLessThanOrEqual(15);

  project.write('readme.test.js', example!);
  const said = await project.run('npx', ['jest', 'readme.test.js']);

  expect(said).toContain('1 passed');
  expect(said).not.toContain('did not exit');
});

test("In a user's Jest, which has no ES modules, an app can be watched", async () => {
  project.write(
    'watch.test.js',
    `const { startLocalAppSync } = require('local-appsync');
    test('watches', async () => {
      const local = await startLocalAppSync({ app: __dirname, watch: true });
      await local.stop();
    }, 60_000);`,
  );
  expect(await project.run('npx', ['jest', 'watch.test.js'])).toContain('1 passed');
});

test('The command line of the installed package runs', async () => {
  expect(await project.run('npx', ['local-appsync', '--help'])).toContain('Usage: local-appsync');
});

test.each([
  ['bundler', 'esnext'],
  ['node16', 'node16'],
])("A user's TypeScript finds the types of each door with moduleResolution %s", async (resolution, module) => {
  project.write('usage.ts', readFileSync(join(__dirname, 'usage.ts'), 'utf8'));

  await project.run('npx', [
    'tsc',
    ...[
      '--noEmit',
      '--strict',
      '--skipLibCheck',
      '--target',
      'es2022',
      '--module',
      module,
      '--moduleResolution',
      resolution,
    ],
    'usage.ts',
  ]);
});

test('Nothing but the doors can be imported', async () => {
  await expect(project.run('node', ['-e', "require('local-appsync/dist/cli.js')"])).rejects.toThrow(
    'ERR_PACKAGE_PATH_NOT_EXPORTED',
  );
  expect(await project.run('node', ['-p', "Object.keys(require('local-appsync')).join()"])).toContain(
    'startLocalAppSync',
  );
});
