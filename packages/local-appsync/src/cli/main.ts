import { once } from 'node:events';
import { readOptions, USAGE, UsageError } from './options';
import { StartError } from '../shared/start-error';
import { Aborted, startSystem, type System } from '../system/system';

// The SDK's word on old versions of Node is for those who maintain this, not for those who run it.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

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
  if (options.web !== undefined) {
    console.log(`Pages      ${base}/`);
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
  console.log(`AWS SDKs   node --env-file=${system.environment}`);
  console.log(`Ready in ${process.uptime().toFixed(1)} s. Ctrl-C ends it.`);

  const death = await Promise.race([system.died, once(signal, 'abort').then(() => null)]);
  await system.stop();
  if (death !== null) {
    throw new StartError(death);
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
