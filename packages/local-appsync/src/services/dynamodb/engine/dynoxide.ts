import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createEmptyDatabase } from './empty-database';
import type { Engine } from './engine';
import { launch } from './launch';
import { askListTables } from './list-tables';
import { DATABASES } from './made-by';

/** One npm package a platform, each with nothing but its binary. */
export const dynoxidePackage = `@dynoxide/${process.platform}-${process.arch}`;

/** The binary's path, or nothing where its package is not installed. */
export function findDynoxide(): string | undefined {
  try {
    return require.resolve(`${dynoxidePackage}/dynoxide${process.platform === 'win32' ? '.exe' : ''}`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') {
      return undefined;
    }
    throw error;
  }
}

/** dynoxide (https://github.com/nubo-db/dynoxide): DynamoDB over one SQLite file, up in some 20 ms. */
export async function startDynoxide(binary: string, directory: string, log: (line: string) => void): Promise<Engine> {
  const file = join(directory, DATABASES.dynoxide);
  if (!existsSync(file)) {
    await createEmptyDatabase(file, binary, async (draft) => (await serve(binary, draft)).stop(), log);
  }
  return serve(binary, file);
}

function serve(binary: string, file: string): Promise<Engine> {
  return launch({
    name: 'dynoxide',
    command: binary,
    args: (port) => ['serve', '--host', '127.0.0.1', '--port', String(port), '--db-path', file],
    // It says "listening" only after it has bound the port.
    answers: async (endpoint, process) => {
      if (!process.lastLines().some((line) => line.includes('listening'))) {
        return false;
      }
      await askListTables(endpoint);
      return true;
    },
  });
}
