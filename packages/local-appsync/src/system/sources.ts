import { type Assembly, readAssembly } from '../cloudformation/assembly';
import { Deployment } from '../cloudformation/deployment';
import type { ResourceTypes } from '../cloudformation/physical';
import { synthesize } from './synthesize';
import { SourceWatcher } from './source-watcher';

/** Where deployments come from. */
export interface Origin {
  /** An assembly that somebody else synthesizes. */
  assembly?: string;
  /** The folder of a CDK app, which is synthesized if there is no assembly. Default: the working directory. */
  app?: string;
}

/** Reads deployments, again when their origin changes. */
export class Sources {
  private last = '';

  constructor(
    private readonly origin: Origin,
    /** Where the app is synthesized to. */
    private readonly output: string,
    private readonly endpoint: string,
    private readonly types: ResourceTypes,
  ) {}

  /** Throws StartError; the signal ends the CDK app. */
  async read(signal: AbortSignal): Promise<Deployment> {
    return this.take(await this.assembly(signal));
  }

  /** Undefined if it is as it was read last. Assets are named by their content, so that templates tell of them, too. */
  async readIfChanged(signal: AbortSignal): Promise<Deployment | undefined> {
    const assembly = await this.assembly(signal);
    return textOf(assembly) === this.last ? undefined : this.take(assembly);
  }

  watch(except: string[], changed: () => void, failed: (error: Error) => void): SourceWatcher {
    return new SourceWatcher(this.origin.assembly ?? this.app, except, changed, failed);
  }

  private async assembly(signal: AbortSignal): Promise<Assembly> {
    const { assembly } = this.origin;
    if (assembly === undefined) {
      await synthesize(this.app, this.output, signal);
    }
    return readAssembly(assembly ?? this.output);
  }

  private get app(): string {
    return this.origin.app ?? process.cwd();
  }

  private take(assembly: Assembly): Deployment {
    const deployment = new Deployment(assembly, this.endpoint, this.types);
    this.last = textOf(assembly);
    return deployment;
  }
}

function textOf({ templates }: Assembly): string {
  return JSON.stringify(templates);
}
