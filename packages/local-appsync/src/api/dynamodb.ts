import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tablesClient } from '../services/dynamodb/engine/clients';
import { findDynamoDbLocal } from '../services/dynamodb/engine/dynamodb-local';
import { dynoxidePackage, findDynoxide } from '../services/dynamodb/engine/dynoxide';
import { startEngine } from '../services/dynamodb/engine/start-engine';

export {
  ensureTable,
  type Table,
  type TableDefinition,
  type TableProperties,
} from '../services/dynamodb/engine/tables';
export { NoEngine } from '../services/dynamodb/engine/no-engine';

export type EngineName = 'dynoxide' | 'dynamodb-local';

export interface DynamoDbOptions {
  /** Default: the first that is installed. */
  engine?: EngineName;
  /** An existing folder that keeps the data. Default: nothing is kept. */
  directory?: string;
  /** Hears what a user may want to know, a line at a time. Default: stderr. */
  log?: (line: string) => void;
}

/** A DynamoDB on this machine, streams included. */
export interface DynamoDb extends AsyncDisposable {
  readonly engine: EngineName;
  /** For every AWS client: `http://127.0.0.1:41234`. Any credentials will do. */
  readonly endpoint: string;
  /** A client of its tables, which ends with it. Add middleware before the first call: later it has no effect. */
  readonly client: DynamoDBClient;
  /** Of the engine's process. */
  readonly pid: number;
  /** Ends the process. May be called again. */
  stop(): Promise<void>;
}

/** Starts a DynamoDB engine, and nothing else. Rejects with NoEngine if the one that was asked for, or any, is not installed. */
export async function startDynamoDb({ engine, directory, log }: DynamoDbOptions = {}): Promise<DynamoDb> {
  const temporary = directory === undefined ? await mkdtemp(join(tmpdir(), 'dynamodb-')) : undefined;
  const removeTemporary = () => (temporary === undefined ? undefined : rm(temporary, { recursive: true, force: true }));
  try {
    const { name, endpoint, pid, stop } = await startEngine({ engine, directory: directory ?? temporary!, log });
    const client = tablesClient(endpoint);
    const end = async () => {
      client.destroy();
      await stop();
      await removeTemporary();
    };
    return { engine: name as EngineName, endpoint, client, pid: pid!, stop: end, [Symbol.asyncDispose]: end };
  } catch (error) {
    await removeTemporary();
    throw error;
  }
}

/** What this machine lacks for an engine, as a sentence; undefined if it has the engine. */
export function missingFor(engine: EngineName): string | undefined {
  if (engine === 'dynoxide') {
    return findDynoxide() === undefined ? `${dynoxidePackage} is not installed` : undefined;
  }
  const found = findDynamoDbLocal();
  return typeof found === 'string' ? found : undefined;
}
