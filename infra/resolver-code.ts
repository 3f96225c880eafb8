import { Code } from 'aws-cdk-lib/aws-appsync';
import { buildSync } from 'esbuild';
import { join } from 'node:path';

const RESOLVERS = join(__dirname, '..', 'resolvers');

/** What AppSync runs: a file of `resolvers/` and all that it imports, but for AppSync's own modules. */
export function bundleResolver(name: string): string {
  const { outputFiles } = buildSync({
    entryPoints: [join(RESOLVERS, `${name}.ts`)],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'esnext',
    external: ['@aws-appsync/utils', '@aws-appsync/utils/*'],
    // Most of a bundle's size would be comments.
    legalComments: 'none',
  });
  return outputFiles[0]!.text;
}

/** Inline, so that the template is the whole of what is deployed. */
export function resolverCode(name: string): Code {
  return Code.fromInline(bundleResolver(name));
}
