import { spawnSync } from 'node:child_process';

/** Whether a process runs. A zombie does not: in a container nobody may come to bury it. */
export function runs(pid: number): boolean {
  const state = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim();
  return state !== '' && !state.startsWith('Z');
}
