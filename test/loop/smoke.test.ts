import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { RunningSystem } from '../support/system';

interface Run {
  code: number;
  output: string;
}

function smoke(args: string[], env: Record<string, string> = {}): Promise<Run> {
  const command = ['--import', pathToFileURL(require.resolve('tsx')).href, 'tools/smoke.ts', ...args];
  return new Promise((resolve) => {
    execFile(process.execPath, command, { env: { ...process.env, ...env } }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, output: stdout + stderr }),
    );
  });
}

describe('npm run smoke', () => {
  let system: RunningSystem;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'smoke-'));
    system = await RunningSystem.start();
  });
  afterAll(async () => {
    await system.stop();
    await rm(folder, { recursive: true });
  });

  test('takes a ticket through the loop of the API that a file of outputs names', async () => {
    const file = join(folder, 'outputs.json');
    const outputs = { GraphqlUrl: system.graphqlUrl, Region: 'us-east-1', ApiKey: 'da2-local' };
    await writeFile(file, JSON.stringify({ 'TicketsApi-dev': outputs }));
    const { code, output } = await smoke(['--outputs', file]);
    expect(output).toContain('each change is pushed');
    expect(output).toContain('The loop works.');
    expect(code).toBe(0);
  });

  test('does so as a user who is no agent', async () => {
    const { token } = (await (await fetch(`${system.url}/local/token?user=alice`)).json()) as { token: string };
    const { code, output } = await smoke(['--endpoint', system.graphqlUrl], { TICKETS_TOKEN: token });
    expect(output).toContain('as a user');
    expect(output).toContain('The loop works.');
    expect(code).toBe(0);
  });

  test('fails with what the API says', async () => {
    const { code, output } = await smoke(['--endpoint', system.graphqlUrl], { TICKETS_API_KEY: 'da2-wrong' });
    expect(output).toContain('UnauthorizedException');
    expect(code).toBe(1);
  });

  test('says how it is used where it is not told enough', async () => {
    const { code, output } = await smoke([]);
    expect(output).toContain('Usage: npm run smoke');
    expect(code).toBe(1);
  });
});
