import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EngineName, missingFor } from '../../src/api/dynamodb';
import type { Engine } from '../../src/services/dynamodb/engine/engine';
import { startEngine } from '../../src/services/dynamodb/engine/start-engine';

/** The same tests for each engine that runs here; the others are skipped with the reason in their name. */
export function describeEachEngine(what: string, tests: (engine: EngineName) => void): void {
  for (const engine of ['dynoxide', 'dynamodb-local'] as const) {
    const reason = missingFor(engine);
    if (reason === undefined) {
      describe(`${what} on ${engine}`, () => tests(engine));
    } else {
      describe.skip(`${what} on ${engine} (skipped: ${reason})`, () => tests(engine));
    }
  }
}

/** Engines and folders of one test file, all gone after it. */
export function workplace() {
  const engines: Engine[] = [];
  const directories: string[] = [];
  afterAll(async () => {
    await Promise.all(engines.map((engine) => engine.stop()));
    for (const directory of directories) {
      rmSync(directory, { recursive: true });
    }
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
