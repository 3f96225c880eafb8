import { once } from 'node:events';
import { type LocalAppSync, StartError, startLocalAppSync } from '../api';
import { readOptions, UsageError } from './options';

// The SDK's word on old versions of Node is for those who maintain this, not for those who run it.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (!options) {
    return;
  }
  // A signal during the start ends it, too. Ctrl-C reaches everything in the terminal, and may come more than once.
  const signalled = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(name, () => signalled.abort());
  }
  const { signal } = signalled;
  let app: LocalAppSync;
  try {
    app = await startLocalAppSync({ ...options, signal });
  } catch (error) {
    if (signal.aborted) {
      // What was still starting is tied to this process, and ends with it.
      process.exit(0);
    }
    throw error;
  }
  console.log(describe(app, options).join('\n'));

  const death = await Promise.race([app.died, once(signal, 'abort').then(() => null)]);
  await app.stop();
  if (death !== null) {
    throw new StartError(death);
  }
}

/** What a user needs to know of a running app, ending with `Ready`. */
function describe(app: LocalAppSync, { web, data }: { web?: string; data?: string }): string[] {
  const graphql = app.url.replace('127.0.0.1', 'localhost');
  const base = graphql.replace(/\/graphql$/, '');
  return [
    ...(app.notRun.length > 0 ? [`Not run locally: ${app.notRun.join(', ')}`] : []),
    ...(web === undefined ? [] : [`Pages      ${base}/`]),
    `GraphQL    ${graphql}`,
    `Realtime   ${app.realtimeUrl.replace('127.0.0.1', 'localhost')}`,
    `TLS        on the same port; clients that insist on it: NODE_EXTRA_CA_CERTS=${app.files.certificate}`,
    ...(app.hasUserPool ? [`Tokens     ${base}/local/token?user=alice&groups=agents`] : []),
    `API key    ${app.apiKeys.join(', ') || 'none'}`,
    `DynamoDB   ${app.engine}${data === undefined ? ', nothing is kept' : `, tables in ${data}`}`,
    ...(app.hasQueues ? [`SQS        ${base}`] : []),
    `AWS SDKs   node --env-file=${app.files.environment}`,
    `Ready in ${process.uptime().toFixed(1)} s. Ctrl-C ends it.`,
  ];
}

/** Errors that a person can do something about are told in one line; others are ours, and come with their stack. */
function report(error: unknown): void {
  console.error(error instanceof UsageError || error instanceof StartError ? error.message : error);
  process.exitCode = 1;
}

main().catch(report);
