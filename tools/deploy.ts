import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { context } from '../cdk.json';
import { deployment } from './deploy/command';
import { deployedApi } from './deploy/deployed';
import { keepOutputs } from './deploy/outputs';
import { refusal } from './deploy/refuse';

/** Runs the program in this terminal, and answers its exit code. */
function run(program: string, args: string[]): number {
  const { status, error } = spawnSync(program, args, { stdio: 'inherit' });
  if (error) {
    throw error;
  }
  return status ?? 1;
}

function main(): number {
  const { settings, stacks, rollback, profile, outputs, args } = deployment(process.argv.slice(2), context.stages);
  const reason = refusal({ settings, rollback }, deployedApi(settings.stage, profile), context, Date.now());
  if (reason) {
    throw new Error(reason);
  }
  console.log(
    rollback ? `Back to this checkout: ${stacks}. TicketsData-${settings.stage} stays.` : `Deploys ${stacks}.`,
  );
  if (settings.desk && run('npm', ['run', '--silent', 'build:web']) !== 0) {
    return 1;
  }
  const folder = mkdtempSync(join(tmpdir(), 'deploy-'));
  try {
    const deployed = join(folder, 'outputs.json');
    const code = run('npx', ['cdk', ...args(deployed)]);
    // If a stack fails, those before it are there all the same.
    if (existsSync(deployed)) {
      keepOutputs(deployed, outputs);
    }
    if (code === 0) {
      console.log(`\nWhat clients need is in ${outputs}. Try the deployment: npm run smoke -- --outputs ${outputs}`);
    }
    return code;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

try {
  process.exitCode = main();
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
