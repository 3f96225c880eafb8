import { spawn } from 'node:child_process';
import { deployment } from './deploy/command';

const { outputs, args } = deployment(process.argv.slice(2));
const cdk = spawn('npx', ['cdk', ...args], { stdio: 'inherit' });
cdk.on('exit', (code) => {
  process.exitCode = code ?? 1;
  if (code === 0) {
    console.log(`\nWhat clients need is in ${outputs}. Try the deployment: npm run smoke -- --outputs ${outputs}`);
  }
});
