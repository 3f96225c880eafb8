import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findDynamoDbLocal } from '../../packages/local-appsync/src/services/dynamodb/engine/dynamodb-local';
import { dynoxidePackage, findDynoxide } from '../../packages/local-appsync/src/services/dynamodb/engine/dynoxide';
import { type Engine, startEngine } from '../../packages/local-appsync/src/services/dynamodb/engine/engine';
import { SEMANTICS } from './semantics';

export type EngineName = 'dynoxide' | 'dynamodb-local';

/**
 * The same tests for each engine that runs here; the others are skipped with the reason in their name. In plain
 * JavaScript the first that runs is enough: how resolver code is read and which engine it asks are apart.
 */
export function describeEachEngine(what: string, tests: (engine: EngineName) => void): void {
  const java = findDynamoDbLocal();
  const missing: Record<EngineName, string | undefined> = {
    dynoxide: findDynoxide() === undefined ? `${dynoxidePackage} is not installed` : undefined,
    'dynamodb-local': typeof java === 'string' ? java : undefined,
  };
  const all: EngineName[] = ['dynoxide', 'dynamodb-local'];
  const first = all.find((engine) => missing[engine] === undefined);
  for (const engine of SEMANTICS === 'ecmascript' && first ? [first] : all) {
    const reason = missing[engine];
    if (reason === undefined) describe(`${what} on ${engine}`, () => tests(engine));
    else describe.skip(`${what} on ${engine} (skipped: ${reason})`, () => tests(engine));
  }
}

/** Engines and folders of one test file, all gone after it. */
export function workplace() {
  const engines: Engine[] = [];
  const directories: string[] = [];
  afterAll(async () => {
    await Promise.all(engines.map((engine) => engine.stop()));
    for (const directory of directories) rmSync(directory, { recursive: true });
  });
  return {
    directory: (): string => {
      const directory = mkdtempSync(join(tmpdir(), 'engine-'));
      directories.push(directory);
      return directory;
    },
    start: async (engine: EngineName, directory: string): Promise<Engine> => {
      const started = await startEngine({ engine, directory });
      engines.push(started);
      return started;
    },
  };
}
