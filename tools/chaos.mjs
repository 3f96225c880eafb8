// npm run test:chaos -- --rounds 50 --seed 1
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '50' }, seed: { type: 'string' } } });
const env = {
  ...process.env,
  CHAOS_ROUNDS: values.rounds,
  ...(values.seed === undefined ? {} : { CHAOS_SEED: values.seed }),
};
const jest = ['jest', '--selectProjects', 'system', '--testPathPatterns', 'faults/chaos'];
process.exitCode = spawnSync('npx', jest, { env, stdio: 'inherit' }).status ?? 1;
