import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { bundleResolver } from '../../infra/resolver-code';
import { AppSyncJs, validateCode } from 'local-appsync/appsync-js';

const RESOLVERS = join(__dirname, '..', '..', 'resolvers');

function files(folder: string) {
  return readdirSync(join(RESOLVERS, folder))
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(folder, file.replace(/\.ts$/, '')));
}

const bundles = [...files('.'), ...files('steps')];

describe('the bundle check', () => {
  test.each(bundles)('finds nothing wrong with %s', (name) => {
    expect(validateCode(bundleResolver(name))).toEqual([]);
  });

  test.each(bundles)('finds %s within the 32,768 characters that AppSync takes', (name) => {
    expect(bundleResolver(name).length).toBeLessThanOrEqual(32_768);
  });

  test('covers a step and a field', () => {
    expect(bundles).toEqual(expect.arrayContaining(['Query.ticket', 'steps/append']));
  });
});

describe.each([
  ['while', 'while (true) {}'],
  ['throw', 'throw ctx;'],
  ['Date', 'const now = Date.now();'],
  ['fetch', "const answer = fetch('https://example.com');"],
  ['process', 'const home = process.env.HOME;'],
])('a resolver that uses %s', (_, statement) => {
  const code = `export function request(ctx) { ${statement} return {}; }\nexport function response(ctx) { return null; }`;

  test('is refused by the check', () => {
    expect(validateCode(code)).toEqual([expect.objectContaining({ line: 1 })]);
  });

  test('is refused by the realm', () => {
    expect(() => new AppSyncJs().load('Query.bad', code)).toThrow(/Query\.bad/);
  });
});
