import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

// A shell between npm and the system would die of npm's SIGTERM alone: the scripts have it replaced by the system.
test('SIGTERM to npm alone ends the system, with exit code 0', async () => {
  const flags = ['--assembly', process.env.TICKETS_ASSEMBLY!, '--port', '0', '--memory'];
  const npm = spawn('npm', ['run', 'local', '--', ...flags], {
    cwd: join(__dirname, '..', '..'),
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  let url = '';
  for await (const line of createInterface({ input: npm.stdout })) {
    url = /^GraphQL\s+(\S+)\/graphql$/.exec(line)?.[1] ?? url;
    if (line.startsWith('Ready')) {
      break;
    }
  }
  expect((await fetch(`${url}/health`)).ok).toBe(true);

  const exited = once(npm, 'exit');
  npm.kill('SIGTERM');
  expect(await exited).toEqual([0, null]);
  await expect(fetch(`${url}/health`)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
});
