import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { StartError } from './start-error';

/**
 * Synthesizes the CDK app of the working directory into a folder, as `cdk synth` would: runs the `app` of its
 * cdk.json with the context of that file. Throws StartError with what the app printed.
 */
export async function synthesize(outputDirectory: string): Promise<void> {
  if (!existsSync('cdk.json')) {
    throw new StartError('There is no cdk.json here. Start in the folder of a CDK app, or name an --assembly.');
  }
  const { app, context = {} } = JSON.parse(readFileSync('cdk.json', 'utf8')) as CdkJson;
  if (!app) {
    throw new StartError('cdk.json names no app.');
  }
  const child = spawn(app, {
    shell: true,
    env: {
      ...process.env,
      CDK_OUTDIR: outputDirectory,
      CDK_CONTEXT_JSON: JSON.stringify({ 'aws:cdk:enable-path-metadata': true, ...context }),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (printed += text));
  }
  const code = await new Promise<number | null>((resolve, reject) =>
    child.once('error', reject).once('close', resolve),
  );
  if (code !== 0) {
    throw new StartError(`The CDK app failed (\`${app}\`, exit code ${code}):\n${printed.trimEnd()}`);
  }
}

interface CdkJson {
  app?: string;
  context?: Record<string, unknown>;
}
