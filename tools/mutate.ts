import { Command } from 'commander';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { wholeNumber } from '../ops/whole-number';
import { mutated, type Mutation, mutationsOf } from './mutate/mutations';
import { sample } from './mutate/sample';
import { firstFailure, nearTests, systemTests, type TestRun, unitTests } from './mutate/tests';
import { WorkTree } from './mutate/work-tree';

const ROOT = join(__dirname, '..');
const FOLDERS = ['client', 'domain', 'functions', 'ops'];
/** More than this part of the mutations must not survive. */
const TOLERATED = 0.05;

const { seed, count } = new Command('npm run test:mutate --')
  .description('Breaks the code in small ways, one at a time, and looks whether the tests notice.')
  .option('--seed <number>', 'which mutations: the same ones for the same seed', wholeNumber, 1)
  .option('--count <number>', 'how many', wholeNumber, 40)
  .showHelpAfterError()
  .parse()
  .opts<{ seed: number; count: number }>();

function allMutations(): Mutation[] {
  return FOLDERS.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .sort()
      .map((name) => `${folder}/${name}`)
      .flatMap((file) => mutationsOf(file, readFileSync(join(ROOT, file), 'utf8'))),
  );
}

/** Tests that fail anyway would seem to catch everything: each run has to pass once without a mutation. */
async function mustPass(tree: WorkTree, run: TestRun, passed: Set<string>): Promise<void> {
  const key = run.args.join(' ');
  if (!passed.has(key)) {
    const failure = await firstFailure(tree.folder, run);
    if (failure !== null) {
      throw new Error(`Without any mutation, this fails: jest ${key}\n${failure}`);
    }
    passed.add(key);
  }
}

/** What catches a mutation; null if it survives. */
async function caughtBy(tree: WorkTree, mutation: Mutation, passed: Set<string>): Promise<string | null> {
  const path = join(tree.folder, mutation.file);
  const text = readFileSync(path, 'utf8');
  const broken = async (run: TestRun) => {
    writeFileSync(path, mutated(text, mutation));
    return firstFailure(tree.folder, run).finally(() => writeFileSync(path, text));
  };
  const byUnit = (await broken(nearTests(mutation.file))) ?? (await broken(unitTests([mutation.file])));
  if (byUnit !== null) {
    return byUnit;
  }
  const system = systemTests(mutation.file);
  await mustPass(tree, system, passed);
  return broken(system);
}

async function main(): Promise<void> {
  const tree = new WorkTree(ROOT);
  process.once('exit', () => tree.remove());
  process.once('SIGINT', () => process.exit(130));
  process.once('SIGTERM', () => process.exit(143));
  const all = allMutations();
  const mutations = sample(all, count, seed);
  console.log(`${mutations.length} of ${all.length} mutations, seed ${seed}`);
  const passed = new Set<string>();
  await mustPass(tree, unitTests([...new Set(mutations.map(({ file }) => file))]), passed);
  let survived = 0;
  for (const mutation of mutations) {
    const { file, line, before, after } = mutation;
    const by = await caughtBy(tree, mutation, passed);
    survived += by === null ? 1 : 0;
    console.log(`${file}:${line}  ${before}  →  ${after}  ${by === null ? 'SURVIVED' : `caught by ${by}`}`);
  }
  console.log(`${mutations.length - survived} caught, ${survived} survived`);
  process.exitCode = survived > mutations.length * TOLERATED ? 1 : 0;
}

void main();
