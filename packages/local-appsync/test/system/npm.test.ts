import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { eventually } from '../support/eventually';
import { guestbookAssembly } from '../support/guestbook';

const BIN = join(__dirname, '..', '..', 'bin', 'local-appsync.js');

let folder: string;
let npm: ChildProcess;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'local-appsync-npm-'));
  const local = `node ${BIN} --assembly ${guestbookAssembly()} --port 0 --memory`;
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ scripts: { local } }));
  npm = spawn('npm', ['run', 'local'], { cwd: folder, detached: true, stdio: ['ignore', 'pipe', 'inherit'] });
});
afterEach(() => {
  try {
    process.kill(-npm.pid!, 'SIGKILL');
  } catch {
    // Nobody is left, as it should be.
  }
  rmSync(folder, { recursive: true, force: true });
});

/** The address of the endpoint, once it is ready. */
async function started(): Promise<string> {
  let url = '';
  for await (const line of createInterface({ input: npm.stdout! })) {
    url = /^GraphQL\s+(\S+)\/graphql$/.exec(line)?.[1] ?? url;
    if (line.startsWith('Ready')) {
      return url;
    }
  }
  throw new Error('npm ended before the system was ready');
}

async function answers(url: string): Promise<boolean> {
  return fetch(`${url}/health`).then(
    ({ ok }) => ok,
    () => false,
  );
}

test('a SIGTERM that only npm gets ends the system, whatever becomes of the shell between them', async () => {
  const url = await started();
  expect(await answers(url)).toBe(true);

  npm.kill('SIGTERM');

  await eventually(
    () => answers(url),
    (up) => !up,
  );
});
