import { Command, Option } from 'commander';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { EngineName } from 'local-appsync/dynamodb';
import { CREATE, post } from '../test/support/http';
import { RunningSystem } from '../test/support/system';

// npm run bench:idle: how much of a core the system takes when nothing happens. Linux only: it reads /proc.

const QUIET_SECONDS = 10;
const TICKS_A_SECOND = 100;

const { engine, seconds } = new Command('npm run bench:idle --')
  .description('The share of a core that each process of an idle system takes.')
  .addOption(new Option('--engine <name>').choices(['dynoxide', 'dynamodb-local']).default('dynoxide'))
  .option('--seconds <n>', 'how long to measure', Number, 30)
  .parse()
  .opts<{ engine: EngineName; seconds: number }>();

interface Process {
  pid: number;
  parent: number;
  name: string;
  /** Of processor time, user and system. */
  ticks: number;
}

/** The process and its descendants. Functions and engines are in process groups of their own, but not orphans. */
function familyOf(pid: number): Process[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => processOf(Number(name)) ?? []);
  const family = new Set([pid]);
  for (const each of all.sort((a, b) => a.pid - b.pid)) {
    if (family.has(each.parent)) {
      family.add(each.pid);
    }
  }
  return all.filter((each) => family.has(each.pid));
}

function processOf(pid: number): Process | undefined {
  try {
    const [, name, rest] = /\((.*)\) (.*)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))!;
    const fields = rest!.split(' ');
    return { pid, name: name!, parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) };
  } catch {
    // It has ended meanwhile.
    return undefined;
  }
}

async function main(): Promise<void> {
  const assembly = join(tmpdir(), 'bench-assembly');
  execFileSync('npx', ['cdk', 'synth', '--quiet', '--output', assembly], { stdio: 'pipe' });
  const system = await RunningSystem.start({ assembly, engine });
  await post(system.graphqlUrl, CREATE, { input: { title: 'Then nothing' } });
  await pause(QUIET_SECONDS * 1000);

  const before = new Map(familyOf(system.process.pid!).map(({ pid, ticks }) => [pid, ticks]));
  const began = performance.now();
  await pause(seconds * 1000);
  const measured = (performance.now() - began) / 1000;
  for (const { pid, name, ticks } of familyOf(system.process.pid!)) {
    const share = (ticks - (before.get(pid) ?? 0)) / TICKS_A_SECOND / measured;
    console.log(`${(share * 100).toFixed(2).padStart(6)} %  ${name}`);
  }
  await system.stop();
}

void main();
