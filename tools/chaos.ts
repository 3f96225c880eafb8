import { Command } from 'commander';
import { spawnSync } from 'node:child_process';
import { wholeNumber } from '../ops/whole-number';

const { rounds, seed } = new Command('npm run test:chaos --')
  .description('Kills everything with kill -9 at random moments, and then runs verify.')
  .option('--rounds <number>', 'how many times', wholeNumber, 50)
  .option('--seed <number>', 'which moments; without it, others each time', wholeNumber)
  .showHelpAfterError()
  .parse()
  .opts<{ rounds: number; seed?: number }>();
const env = {
  ...process.env,
  CHAOS_ROUNDS: String(rounds),
  ...(seed === undefined ? {} : { CHAOS_SEED: String(seed) }),
};
const jest = ['jest', '--selectProjects', 'system', '--testPathPatterns', 'faults/chaos'];
process.exitCode = spawnSync('npx', jest, { env, stdio: 'inherit' }).status ?? 1;
