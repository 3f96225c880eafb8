import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { eventually } from '../support/eventually';
import { asUser, post } from '../support/http';
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
    for (const row of ['D1', 'A2', 'N1', 'N2', 'J1', 'P3', 'B2', 'S1', 'S2']) {
      expect(output).toContain(row);
    }
    expect(output).toContain('The loop works.');
    expect(code).toBe(0);
    const tickets = '{ tickets { items { status } } }';
    const { data } = await eventually(
      () => post(system.graphqlUrl, tickets),
      (answer) => answer.data.tickets.items.every(({ status }) => status === 'CLOSED'),
    );
    expect(data.tickets.items).toHaveLength(2);
  });

  test('does so as a user who is no agent', async () => {
    const { authorization } = await asUser(system, 'alice');
    const { code, output } = await smoke(['--endpoint', system.graphqlUrl], { TICKETS_TOKEN: authorization! });
    expect(output).toContain('as a user');
    expect(output).toContain('The loop works.');
    expect(code).toBe(0);
  });

  test('names what AppSync does differently, goes on, and fails', async () => {
    // As if AppSync made "null" of a number of DynamoDB's (N1), and the resolvers did not know.
    const assembly = join(folder, 'assembly');
    await cp(process.env.TICKETS_ASSEMBLY!, assembly, { recursive: true });
    const file = join(assembly, 'TicketsApi.template.json');
    const template = await readFile(file, 'utf8');
    await writeFile(file, template.replaceAll('return `${value + 0}`', 'return `${null}`'));
    const different = await RunningSystem.start({ assembly });
    const { code, output } = await smoke(['--endpoint', different.graphqlUrl], { TICKETS_API_KEY: 'da2-local' });
    await different.stop();
    expect(output).toMatch(/N1 {2}NOT SO: the comments of a ticket as of an old version/);
    expect(output).toMatch(/N1 {2}NOT SO: a stale update .* expected "6", got "null"/);
    expect(output).toContain('S2  a subscription to one ticket');
    expect(output).not.toContain('The loop works.');
    expect(code).toBe(1);
  });

  test('fails where the API does not know the caller', async () => {
    const { code, output } = await smoke(['--endpoint', system.graphqlUrl], { TICKETS_API_KEY: 'da2-wrong' });
    expect(output).toContain('Unauthorized');
    expect(code).toBe(1);
  });

  test('says how it is used where it is not told enough', async () => {
    const { code, output } = await smoke([]);
    expect(output).toContain('Usage: npm run smoke');
    expect(code).toBe(1);
  });
});
