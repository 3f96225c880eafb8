import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const APP = join(__dirname, '..', '..', 'packages', 'local-appsync', 'test', 'fixtures', 'guestbook');

/** Synthesizes the CDK app of another domain into a folder. */
export function synthesizeGuestbook(assembly: string): void {
  execFileSync('npx', ['cdk', 'synth', '--quiet', '--output', assembly], { cwd: APP, stdio: 'pipe' });
}
