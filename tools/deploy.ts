import { spawn } from 'node:child_process';
import { deployment, USAGE, UsageError } from './deploy/command';

/** npm run deploy -- --stage dev|prod: cdk deploy of both stacks of a stage. */
try {
  const { outputs, args } = deployment(process.argv.slice(2));
  const cdk = spawn('npx', ['cdk', ...args], { stdio: 'inherit' });
  cdk.on('exit', (code) => {
    process.exitCode = code ?? 1;
    if (code === 0) {
      console.log(`\nWhat clients need is in ${outputs}. Try the deployment: npm run smoke -- --outputs ${outputs}`);
    }
  });
} catch (error) {
  if (!(error instanceof UsageError)) {
    throw error;
  }
  console.error(`${error.message}\n\n${USAGE}`);
  process.exitCode = 1;
}
