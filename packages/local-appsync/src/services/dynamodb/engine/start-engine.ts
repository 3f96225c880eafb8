import type { Engine } from './engine';
import { type InstalledDynamoDbLocal, findDynamoDbLocal, startDynamoDbLocal } from './dynamodb-local';
import { dynoxidePackage, findDynoxide, startDynoxide } from './dynoxide';
import { refuseAnotherEngine } from './made-by';
import { NoEngine } from './no-engine';
import { connectRemote } from './remote';

export { NoEngine } from './no-engine';

export interface EngineOptions {
  engine?: 'dynoxide' | 'dynamodb-local';
  /** Of a DynamoDB that somebody else runs. */
  endpoint?: string;
  /** An existing folder for the engine's files; a temporary one keeps nothing. */
  directory: string;
  /** Hears what a user may want to know, a line at a time. */
  log?: (line: string) => void;
}

/** Which engines this machine has; an argument where a test must hold it still. */
export interface Machine {
  /** The platform's package name, and its binary where that is installed. */
  readonly dynoxidePackage: string;
  findDynoxide(): string | undefined;
  /** What DynamoDB Local needs, or the sentence that says what is missing. */
  findDynamoDbLocal(): InstalledDynamoDbLocal | string;
}

const thisMachine: Machine = { dynoxidePackage, findDynoxide, findDynamoDbLocal };

/**
 * Starts the engine that was asked for, else the best one here: an explicit name, then an endpoint, then
 * dynoxide where its binary is installed, then DynamoDB Local where Java is.
 *
 * Resolves when it answers ListTables. Throws {@link NoEngine} where there is none, and StartError if another engine
 * has made the directory.
 */
export async function startEngine(options: EngineOptions, machine: Machine = thisMachine): Promise<Engine> {
  const { engine, endpoint, directory, log = (line) => console.error(line) } = options;

  if (endpoint !== undefined && engine === undefined) {
    refuseAnotherEngine(directory, endpoint);
    return connectRemote(endpoint);
  }

  if (engine !== 'dynamodb-local') {
    const binary = machine.findDynoxide();
    if (binary !== undefined) {
      refuseAnotherEngine(directory, 'dynoxide');
      return startDynoxide(binary, directory, log);
    }
    if (engine === 'dynoxide') {
      throw new NoEngine(
        `dynoxide was asked for, but its binary is not here: run \`npm install --include=optional\`, ` +
          `which brings ${machine.dynoxidePackage} if that package exists for this platform.`,
      );
    }
  }

  const found = machine.findDynamoDbLocal();
  if (typeof found !== 'string') {
    refuseAnotherEngine(directory, 'dynamodb-local');
    return startDynamoDbLocal(found, directory);
  }
  if (engine === 'dynamodb-local') {
    throw new NoEngine(`DynamoDB Local was asked for, but ${found}.`);
  }
  throw new NoEngine(
    `There is no DynamoDB engine here: ${machine.dynoxidePackage} is not installed, and for DynamoDB Local ${found}. ` +
      'Install one of the two, or name a running DynamoDB with --dynamodb-endpoint URL.',
  );
}
