import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawnTied } from '../shared/process';
import { StartError } from '../shared/start-error';

interface CdkJson {
  app?: string;
  context?: Record<string, unknown>;
}

/**
 * Synthesizes the CDK app of a folder into another, as `cdk synth` would: runs the `app` of its cdk.json with the
 * context of that file. Throws StartError with what the app printed; the signal ends the app.
 */
export async function synthesize(app: string, outputDirectory: string, signal: AbortSignal): Promise<void> {
  const { app: command, context = {} } = readCdkJson(join(app, 'cdk.json'));
  if (!command) {
    throw new StartError('cdk.json names no app.');
  }
  const printed: string[] = [];
  const running = spawnTied('sh', ['-c', command], {
    cwd: app,
    env: {
      // CDK's check of the templates takes longer than all the rest; deploying does it.
      CDK_VALIDATION: 'false',
      ...process.env,
      CDK_OUTDIR: outputDirectory,
      CDK_CONTEXT_JSON: JSON.stringify({ 'aws:cdk:enable-path-metadata': true, ...context }),
    },
    onLine: (line) => printed.push(line),
  });
  const end = () => void running.stop(0);
  signal.addEventListener('abort', end);
  const { code, how } = await running.exited;
  signal.removeEventListener('abort', end);
  if (code !== 0) {
    throw new StartError(`The CDK app (\`${command}\`) ${how}:\n${printed.join('\n')}`);
  }
}

function readCdkJson(file: string): CdkJson {
  if (!existsSync(file)) {
    throw new StartError(`There is no ${file}. Start in the folder of a CDK app, or name an assembly.`);
  }
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as CdkJson;
  } catch (error) {
    throw new StartError(`${file} can't be read: ${(error as Error).message}.`);
  }
}
