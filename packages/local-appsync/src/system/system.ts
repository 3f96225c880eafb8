import { REGION } from '../cloudformation/account';
import { Access, type AccessOptions } from '../endpoint/access';
import { localCertificate } from '../endpoint/certificate';
import { Endpoint } from '../endpoint/endpoint';
import { servePages } from '../endpoint/pages';
import { resourceTypes, SERVICES } from '../services';
import type { ServiceOptions } from '../services/machine';
import type { Service } from '../services/service';
import { Aborted, Parts } from '../shared/parts';
import { catchUp } from './catch-up';
import { type DataFolder, openDataFolder, openTemporaryFolder } from './data-folder';
import { LiveDeployment } from './live-deployment';
import { OutputFiles } from './outputs';
import { Reloader } from './reloader';
import { RunningServices } from './running-services';
import { type Origin, Sources } from './sources';

export interface SystemOptions extends ServiceOptions, Origin, AccessOptions {
  /** On the loopback addresses; 0 is any free one. */
  port: number;
  /** Where data is kept; undefined: nothing is kept. */
  data?: string;
  /** A folder of pages to serve beside the services. */
  web?: string;
  /** Follow changes of the sources. */
  watch?: boolean;
  log: (line: string) => void;
  /** Calls the start off. */
  signal: AbortSignal;
}

/** A deployment that runs on this machine. */
export interface System {
  /** Where it answers, without a path: `http://127.0.0.1:4000` */
  readonly url: string;
  /** What runs now: another deployment may take its place. */
  readonly live: LiveDeployment;
  /** Variables that make any AWS SDK talk to this machine. */
  readonly environment: Record<string, string>;
  readonly files: {
    /** The certificate that clients with TLS must trust. */
    certificate: string;
    /** `environment`, for `node --env-file`. */
    environment: string;
    /** The stacks' outputs. */
    outputs: string;
  };
  /** Resolves if a part that the system can't do without ends by itself, with a sentence that says which. */
  readonly died: Promise<string>;
  stop(): Promise<void>;
}

/**
 * Starts everything that the assembly describes, in the order in which each part needs the others. Throws StartError
 * for what a person can put right, and Aborted if the signal calls it off; nothing is left running then.
 */
export async function startSystem(options: SystemOptions, services = SERVICES): Promise<System> {
  const parts = new Parts();
  const stop = () => parts.stop();
  const calledOff = rejectsOnAbort(options.signal);
  try {
    return { ...(await Promise.race([start(options, services, parts), calledOff.promise])), stop };
  } catch (error) {
    await stop();
    throw error;
  } finally {
    calledOff.forget();
  }
}

function rejectsOnAbort(signal: AbortSignal): { promise: Promise<never>; forget: () => void } {
  let abort!: () => void;
  const promise = new Promise<never>((_, reject) => {
    abort = () => reject(new Aborted('The start was called off.'));
    signal.addEventListener('abort', abort, { once: true });
  });
  return { promise, forget: () => signal.removeEventListener('abort', abort) };
}

async function start(
  options: SystemOptions,
  services: readonly Service[],
  parts: Parts,
): Promise<Omit<System, 'stop'>> {
  const { log } = options;
  const pages = options.web === undefined ? undefined : servePages(options.web);
  const endpoint = await Endpoint.listen(options.port, { access: Access.of(options), log });
  endpoint.pages = pages;
  parts.add(() => endpoint.close());
  const folder = await openFolder(options.data);
  parts.add(() => folder.release());
  const certificate = await localCertificate(folder.folder('keys'), { log });
  endpoint.secure(certificate);

  const sources = new Sources(options, folder.assembly, endpoint.url, resourceTypes(services));
  const reloader = new Reloader({ reload: () => reload(), log });
  if (options.watch) {
    const unwatched = (error: Error) => log(`Not all changes of the sources will be seen: ${error.message}`);
    const watcher = sources.watch([folder.root], () => reloader.request(), unwatched);
    parts.add(() => watcher.close());
    // Only then are the sources read, so that no change is missed.
    await watcher.ready;
  }
  const deployment = await sources.read(options.signal);

  const running: RunningServices = await RunningServices.start(
    services,
    {
      url: endpoint.url,
      folder: folder.folder,
      scratch: folder.scratch,
      variables: () => running.variables(),
      options,
      log,
      signal: options.signal,
    },
    parts,
  );
  endpoint.routes = running.routes();
  const live = new LiveDeployment(running);
  parts.add(() => live.stop());
  parts.add(() => reloader.stop());
  await live.put(deployment);
  await catchUp(live.deployed.caughtUp(), log);

  const environment = {
    AWS_REGION: REGION,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    ...running.variables(),
  };
  const files = new OutputFiles(folder.root, log);
  const reload = async () => {
    const next = await sources.readIfChanged(options.signal);
    if (next) {
      await live.put(next);
      files.write(live.outputs, environment);
    }
    return next !== undefined;
  };
  files.write(live.outputs, environment);
  parts.add(() => files.remove());
  reloader.resume();

  endpoint.ready = true;
  return {
    url: endpoint.url,
    live,
    environment,
    files: { certificate: certificate.file, environment: files.environment, outputs: files.outputs },
    died: running.died,
  };
}

async function openFolder(data: string | undefined): Promise<DataFolder> {
  return data === undefined ? openTemporaryFolder() : openDataFolder(data);
}
