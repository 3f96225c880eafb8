import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { bundleResolver } from '../infra/resolver-code';
import { BackgroundCheck } from '../local/type-check/background';
import { RefusedCode } from '../local/type-check/refused-code';
import { TypeCheck } from '../local/type-check/type-check';

const RESOLVERS = join(__dirname, '..', 'resolvers');

/** What is deployed: fields and steps; the rest of the folder is bundled into them. */
function names(): string[] {
  return ['.', 'steps'].flatMap((folder) =>
    readdirSync(join(RESOLVERS, folder))
      .filter((file) => file.endsWith('.ts'))
      .map((file) => join(folder, file.replace(/\.ts$/, ''))),
  );
}

/** npm run check:bundles: type-checks and lints what AppSync gets, as AppSync does when it is deployed. */
async function main(): Promise<void> {
  const bundles = names().map((name) => ({ name: `resolvers/${name}.ts`, code: bundleResolver(name) }));
  await new TypeCheck(new BackgroundCheck(false).find).check(bundles);
  console.log(`AppSync's type check and lint find nothing in ${bundles.length} bundles.`);
}

main().catch((error: unknown) => {
  console.error(error instanceof RefusedCode ? error.places : error);
  process.exitCode = 1;
});
