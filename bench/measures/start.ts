import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RunningSystem } from '../../test/support/system';
import { interleave, type Measured, spreadOf } from '../rounds';

/** From `node` to `Ready`, with the app synthesized as `npm start` does, in seconds. */
export async function start(): Promise<Measured> {
  const times: number[] = [];
  for (let round = 0; round < 4; round += 1) {
    const began = performance.now();
    const system = await RunningSystem.start({ assembly: null });
    times.push((performance.now() - began) / 1000);
    await system.stop();
  }
  const subject = spreadOf(times.slice(1));
  return {
    name: 'start to Ready',
    unit: 's',
    better: 'less',
    subject,
    goal: '≤ 5 s',
    isAbsolute: true,
    met: subject.median <= 5,
  };
}

/** How long the projector's bundle takes to load, over a bare `node`, in ms; and its size. */
export async function lambda(assembly: string): Promise<Measured> {
  const folder = readdirSync(assembly)
    .filter((name) => name.startsWith('asset.'))
    .map((name) => join(assembly, name))
    .sort((a, b) => statSync(join(b, 'index.js')).size - statSync(join(a, 'index.js')).size)[0]!;
  const file = join(folder, 'index.js');
  const scratch = mkdtempSync(join(tmpdir(), 'init-'));
  const env = {
    ...process.env,
    ...{ VIEW_TABLE: 'view', API_URL: 'http://localhost/graphql', AWS_REGION: 'us-east-1' },
    ...{ AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 's', NODE_PATH: join(__dirname, '..', '..', 'node_modules') },
  };
  const timed = (script: string) => () => {
    const began = performance.now();
    const { status, stderr } = spawnSync('node', ['-e', script], { cwd: scratch, env, encoding: 'utf8' });
    if (status !== 0) {
      throw new Error(stderr);
    }
    return Promise.resolve(performance.now() - began);
  };
  const spreads = await interleave(9, {
    subject: timed(`require(${JSON.stringify(file)})`),
    floor: timed(''),
  });
  rmSync(scratch, { recursive: true });
  const bytes = statSync(file).size;
  const over = spreads.subject.median - spreads.floor!.median;
  return {
    ...spreads,
    name: 'init of the projector',
    ...{ unit: 'ms', better: 'less', goal: '≤ 150 ms over bare node; ≤ 200 KB', isAbsolute: true },
    counts: { 'bundle bytes': bytes },
    met: over <= 150 && bytes <= 200 * 1024,
  };
}
