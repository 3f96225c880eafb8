import { Linter } from 'eslint';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { bundleResolver } from '../infra/resolver-code';
import { checkCode, type NamedCode, RefusedCode } from 'local-appsync/appsync-js';
import { bundleConfig } from './eslint/config.mjs';

const RESOLVERS = join(__dirname, '..', 'resolvers');

/** What is deployed: fields and steps; the rest of the folder is bundled into them. */
function names(): string[] {
  return ['.', 'steps'].flatMap((folder) =>
    readdirSync(join(RESOLVERS, folder))
      .filter((file) => file.endsWith('.ts'))
      .map((file) => join(folder, file.replace(/\.ts$/, ''))),
  );
}

/** Throws RefusedCode where a bundle has what APPSYNC_JS is reported to run otherwise than JavaScript does. */
function checkPortable(bundles: NamedCode[]): void {
  const linter = new Linter();
  const refused = bundles.flatMap((bundle) => {
    const problems = linter
      .verify(bundle.code, [bundleConfig], { filename: 'code.js' })
      .map(({ line, column, ruleId, message }) => ({ line, column, rule: ruleId ?? 'syntax', message }));
    return problems.length > 0 ? [{ ...bundle, problems }] : [];
  });
  if (refused.length > 0) {
    throw new RefusedCode(refused);
  }
}

/** npm run check:bundles: type-checks and lints what AppSync gets, as AppSync does when it is deployed, and by our own rules. */
async function main(): Promise<void> {
  const bundles = names().map((name) => ({ name: `resolvers/${name}.ts`, code: bundleResolver(name) }));
  await checkCode(bundles);
  checkPortable(bundles);
  console.log(`AppSync's type check, its lint and ours find nothing in ${bundles.length} bundles.`);
}

main().catch((error: unknown) => {
  console.error(error instanceof RefusedCode ? error.places : error);
  process.exitCode = 1;
});
