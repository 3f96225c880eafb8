import type { Engine } from './engine';
import { askListTables } from './list-tables';

/** A DynamoDB that somebody else runs: nothing to start, nothing to stop. Throws where it does not answer. */
export async function connectRemote(endpoint: string): Promise<Engine> {
  try {
    await askListTables(endpoint);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`No DynamoDB answers at ${endpoint} (${why}): is it running, and is the address right?`, {
      cause: error,
    });
  }
  return { name: 'remote', endpoint, died: new Promise(() => {}), stop: async () => {} };
}
