import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { StartError } from './start-error';
import { Aborted, startSystem, type System, type SystemOptions } from './system';

const USAGE = `Runs a synthesized CDK app on this machine: AppSync with JS resolvers, DynamoDB, Lambda.

  --assembly DIR             what \`cdk synth\` wrote; the app in the working directory is synthesized without it
  --port N                   default 4000; 0 is any free port; loopback only
  --data DIR                 where the tables live, default .data
  --memory                   keep nothing
  --engine NAME              dynoxide or dynamodb-local; the first that can run here without it
  --dynamodb-endpoint URL    use the DynamoDB that answers there
  --help                     this text`;

// The SDK's word on old versions of Node is for those who maintain this, not for those who run it.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

/** Wrong use: told with the usage, and exit code 1. */
class UsageError extends Error {
  override readonly name = 'UsageError';
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options === 'help') {
    console.log(USAGE);
    return;
  }
  // A signal during the start ends it, too. Ctrl-C reaches everything in the terminal, and may come more than once.
  const signalled = new AbortController();
  process.on('SIGINT', () => signalled.abort()).on('SIGTERM', () => signalled.abort());
  const { signal } = signalled;
  let system: System;
  try {
    system = await startSystem({ ...options, signal });
  } catch (error) {
    if (error instanceof Aborted) {
      // What was still starting is tied to this process, and ends with it.
      process.exit(0);
    }
    throw error;
  }
  const base = system.url.replace('127.0.0.1', 'localhost');
  if (system.notRun.length > 0) {
    console.log(`Not run locally: ${system.notRun.join(', ')}`);
  }
  console.log(`GraphQL    ${base}/graphql`);
  console.log(`Realtime   ${base.replace('http', 'ws')}/graphql/realtime`);
  console.log(`TLS        on the same port; clients that insist on it: NODE_EXTRA_CA_CERTS=${system.certificate}`);
  if (system.hasUserPool) {
    console.log(`Tokens     ${base}/local/token?user=alice&groups=agents`);
  }
  console.log(`API key    ${system.apiKeys.join(', ') || 'none'}`);
  console.log(
    `DynamoDB   ${system.engine}${options.data === undefined ? ', nothing is kept' : `, tables in ${options.data}`}`,
  );
  if (system.hasQueues) {
    console.log(`SQS        ${base}`);
  }
  console.log(`Ready in ${process.uptime().toFixed(1)} s. Ctrl-C ends it.`);

  const death = await Promise.race([system.died, once(signal, 'abort').then(() => null)]);
  await system.stop();
  if (death !== null) {
    throw new StartError(death);
  }
}

function readOptions(argv: string[]): Omit<SystemOptions, 'signal'> | 'help' {
  const { values } = parse(argv);
  const { assembly, port, data, memory, engine, help } = values;
  if (help) {
    return 'help';
  }
  const number = Number(port);
  if (!/^\d+$/.test(port) || number > 65535) {
    throw new UsageError(`--port takes a number from 0 to 65535, not ${port}`);
  }
  if (engine !== undefined && engine !== 'dynoxide' && engine !== 'dynamodb-local') {
    throw new UsageError(`--engine takes dynoxide or dynamodb-local, not ${engine}`);
  }
  return {
    assembly,
    port: number,
    data: memory ? undefined : data,
    engine,
    dynamodbEndpoint: values['dynamodb-endpoint'],
    log: (line) => console.error(line),
  };
}

function parse(argv: string[]) {
  try {
    return parseArgs({
      args: argv,
      options: {
        assembly: { type: 'string' },
        port: { type: 'string', default: '4000' },
        data: { type: 'string', default: '.data' },
        memory: { type: 'boolean', default: false },
        engine: { type: 'string' },
        'dynamodb-endpoint': { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

/** Errors that a person can do something about are told in one line; others are ours, and come with their stack. */
function report(error: unknown): void {
  if (error instanceof UsageError) {
    console.error(`${error.message}\n\n${USAGE}`);
  } else if (error instanceof StartError) {
    console.error(error.message);
  } else {
    console.error(error);
  }
  process.exitCode = 1;
}

main().catch(report);
