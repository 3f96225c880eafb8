import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { guestbookAssembly } from '../support/guestbook';
import { post } from '../support/post';
import { RunningSystem } from '../support/running-system';

const PACKAGE = join(__dirname, '..', '..');

const root = mkdtempSync(join(tmpdir(), 'type-check-'));
const assembly = join(root, 'assembly');
/** Nothing has been checked before, and nothing is left behind. */
const env = { XDG_CACHE_HOME: join(root, 'cache') };
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** What the system says when it does not start. */
function refusal() {
  return RunningSystem.start({ assembly, env }).then(
    async (system) => {
      await system.stop();
      throw new Error('it started');
    },
    (error: Error) => error.message,
  );
}

describe('a resolver that fails the type check', () => {
  beforeAll(() => {
    cpSync(guestbookAssembly(), assembly, { recursive: true });
    const file = readdirSync(assembly)
      .filter((name) => /^asset\..*\.js$/.test(name))
      .map((name) => join(assembly, name))
      .find((name) => readFileSync(name, 'utf8').includes('visits'))!;
    const code = readFileSync(file, 'utf8');
    writeFileSync(
      file,
      code.replace('return ctx.result?.visits', 'let visits = "";\n  visits = 0;\n  return ctx.result?.visits'),
    );
  });

  test('is refused at the start, the first time and from the cache, by name, place and number', async () => {
    const first = await refusal();
    expect(first).toContain('AppSync would refuse the code of Query.visits;');
    expect(first).toContain("code.js:9:3: TS2322: Type 'number' is not assignable to type 'string'.");
    expect(first).toContain('--no-type-check');
    expect(readdirSync(join(env.XDG_CACHE_HOME, 'local-appsync', 'type-check'))).not.toEqual([]);
    expect(await refusal()).toBe(first);
  });

  test.each([['--no-type-check'], ['--semantics=ecmascript']])('runs with %s', async (flag) => {
    const system = await RunningSystem.start({ assembly, env, flags: [flag] });
    expect(await post(system.graphqlUrl, '{ visits(guest: "ann") }')).toEqual({ data: { visits: 0 } });
    await system.stop();
  });
});

test('a start itself loads neither TypeScript nor ESLint', () => {
  const script = `require('./src/system/system'); console.log(Object.keys(require.cache).join('\\n'));`;
  const loaded = execFileSync(process.execPath, ['--import', 'tsx', '--eval', script], {
    cwd: PACKAGE,
    encoding: 'utf8',
  });
  expect(loaded).toContain('appsync-js/type-check/type-check.ts');
  expect(loaded).not.toMatch(/node_modules\/(typescript|eslint|@typescript-eslint)\/.*\.js$/m);
});
