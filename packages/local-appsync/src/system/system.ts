import { localCertificate } from '../http/certificate';
import { DataFolder, openDataFolder, openTemporaryFolder } from './data-folder';
import { Endpoint } from '../http/endpoint';
import type { Engine } from '../services/dynamodb/engine/engine';
import { LambdaHttp } from '../services/lambda/http';
import { LiveProgram } from './live-program';
import { outputFiles, removeOutputs, writeOutputs } from './outputs';
import { servePages } from '../http/pages';
import { Aborted, Parts } from '../shared/parts';
import { buildProgram } from './program';
import { Reloader } from './reloader';
import { type ServicesOptions, startServices } from './services';
import { Sources } from './sources';
import { SqsHttp } from '../services/sqs/http';
import { DeploymentCheck } from '../services/appsync/code-check/deployment-check';

export { Aborted } from '../shared/parts';

export interface SystemOptions extends ServicesOptions {
  /** A synthesized assembly; the app of the working directory is synthesized without it. */
  assembly?: string;
  port: number;
  /** Where the tables live; undefined: nothing is kept. */
  data?: string;
  /** A folder of pages to serve beside the API. */
  web?: string;
  /** Follow changes of the sources. */
  watch?: boolean;
  /** Refuse code that AppSync's type check and lint would refuse at deployment. */
  typeCheck?: boolean;
  /** Calls the start off. */
  signal: AbortSignal;
}

/** A deployment that runs on this machine. */
export interface System {
  url: string;
  engine: Engine['name'];
  /** Types of resources that the assembly has and that are not run here. */
  notRun: string[];
  apiKeys: string[];
  /** The file of the certificate that clients with TLS must trust. */
  certificate: string;
  /** The file that makes AWS SDKs talk to this machine; the stacks' outputs are beside it. */
  environment: string;
  /** Whether `GET /local/token` hands out tokens. */
  hasUserPool: boolean;
  /** Whether SQS is served, at `url`. */
  hasQueues: boolean;
  /** Resolves if a part that the system can't do without ends by itself, with a sentence that says which. */
  died: Promise<string>;
  stop(): Promise<void>;
}

/**
 * Starts everything that the assembly describes, in the order in which each part needs the others. Throws StartError
 * for what a person can put right, and Aborted if the signal calls it off; nothing is left running then.
 */
export async function startSystem(options: SystemOptions): Promise<System> {
  const parts = new Parts();
  const stop = () => parts.stop();
  try {
    return { ...(await Promise.race([start(options, parts), aborted(options.signal)])), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(new Aborted('The start was called off.')), { once: true });
  });
}

async function start(options: SystemOptions, parts: Parts): Promise<Omit<System, 'stop'>> {
  const { log } = options;
  const pages = options.web === undefined ? undefined : servePages(options.web);
  const endpoint = await Endpoint.listen(options.port);
  endpoint.pages = pages;
  parts.add(() => endpoint.close());
  const folder = await openFolder(options.data);
  parts.add(() => folder.release());
  const certificate = await localCertificate(folder.keys);
  endpoint.secure(certificate);

  const sources = new Sources(options.assembly, folder.assembly, endpoint.url);
  const reloader = new Reloader({ reload: () => reload(), log });
  if (options.watch) {
    const watcher = sources.watch([folder.root], () => reloader.request());
    parts.add(() => watcher.close());
  }
  const deployment = await sources.read(options.signal);
  const check = new DeploymentCheck(options);
  parts.add(() => check.stop());
  const checked = check.begin(deployment);

  const services = await startServices(options, folder, parts);
  endpoint.queues = new SqsHttp(services.queues);
  const live = new LiveProgram(endpoint, log);
  parts.add(() => live.stop());
  parts.add(() => reloader.stop());
  const program = await buildProgram(deployment, services);
  await checked;
  await live.start(program);
  endpoint.functions = new LambdaHttp(live.invoke);
  await live.caughtUp();

  const files = outputFiles(folder.root);
  const reload = async () => {
    const next = await sources.readIfChanged(options.signal);
    if (next) {
      const nextChecked = check.begin(next);
      const nextProgram = await buildProgram(next, services);
      await nextChecked;
      await live.replace(nextProgram);
      writeOutputs(files, next, services.engine.endpoint);
    }
    return next !== undefined;
  };
  writeOutputs(files, deployment, services.engine.endpoint);
  parts.add(() => removeOutputs(files));
  reloader.resume();

  const { running, notRun } = program;
  endpoint.ready = true;
  return {
    url: endpoint.url,
    engine: services.engine.name,
    apiKeys: running?.definition.apiKeys ?? [],
    certificate: certificate.file,
    environment: files.environment,
    hasUserPool: running?.userPool !== undefined,
    hasQueues: services.queues.all().length > 0,
    notRun,
    died: services.engine.died,
  };
}

async function openFolder(data: string | undefined): Promise<DataFolder> {
  return data === undefined ? openTemporaryFolder() : openDataFolder(data);
}
