import { GraphqlHttp } from './appsync/http';
import { Realtime } from './appsync/realtime';
import { localCertificate } from './certificate';
import { readAssembly } from './cloudformation/assembly';
import { Deployment } from './cloudformation/deployment';
import { DataFolder, openDataFolder, openTemporaryFolder } from './data-folder';
import { Endpoint } from './endpoint';
import type { Engine } from './engine/engine';
import { Aborted, Parts } from './parts';
import { buildProgram } from './program';
import { type ServicesOptions, startServices } from './services';
import { SqsHttp } from './sqs/http';
import { synthesize } from './synthesize';

export { Aborted } from './parts';

export interface SystemOptions extends ServicesOptions {
  /** A synthesized assembly; the app of the working directory is synthesized without it. */
  assembly?: string;
  port: number;
  /** Where the tables live; undefined: nothing is kept. */
  data?: string;
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
  const endpoint = await Endpoint.listen(options.port);
  parts.add(() => endpoint.close());
  const folder = await openFolder(options.data);
  parts.add(() => folder.release());
  const certificate = await localCertificate(folder.keys);
  endpoint.secure(certificate);

  const assembly = options.assembly ?? folder.assembly;
  if (options.assembly === undefined) {
    await synthesize(assembly, options.signal);
  }
  const deployment = new Deployment(readAssembly(assembly), endpoint.url);

  const services = await startServices(options, folder, parts);
  endpoint.queues = new SqsHttp(services.queues);
  const { running, functions, mappings, notRun } = await buildProgram(deployment, services);
  parts.add(() => functions.stop());
  if (running) {
    const { api, authenticator, userPool } = running;
    endpoint.serve({
      http: new GraphqlHttp(api, authenticator),
      realtime: new Realtime(api, authenticator, { log: options.log }),
      userPool,
    });
  }
  await mappings.start();
  parts.add(() => mappings.stop());
  await mappings.caughtUp();

  endpoint.ready = true;
  return {
    url: endpoint.url,
    engine: services.engine.name,
    apiKeys: running?.definition.apiKeys ?? [],
    certificate: certificate.file,
    hasUserPool: running?.userPool !== undefined,
    notRun,
    hasQueues: services.queues.all().length > 0,
    died: services.engine.died,
  };
}

async function openFolder(data: string | undefined): Promise<DataFolder> {
  return data === undefined ? openTemporaryFolder() : openDataFolder(data);
}
