import { type Assembly, readAssembly } from '../cloudformation/assembly';
import { Deployment } from '../cloudformation/deployment';
import { synthesize } from './synthesize';
import { SourceWatcher } from './source-watcher';

/** Where deployments come from: an assembly that somebody else synthesizes, or the CDK app of the working directory. */
export class Sources {
  private last = '';

  constructor(
    /** Of the user; undefined: the app is synthesized into `output`. */
    private readonly given: string | undefined,
    private readonly output: string,
    private readonly endpoint: string,
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

  watch(except: string[], changed: () => void): SourceWatcher {
    return new SourceWatcher(this.given ?? process.cwd(), except, changed);
  }

  private async assembly(signal: AbortSignal): Promise<Assembly> {
    if (this.given === undefined) {
      await synthesize(this.output, signal);
    }
    return readAssembly(this.given ?? this.output);
  }

  private take(assembly: Assembly): Deployment {
    const deployment = new Deployment(assembly, this.endpoint);
    this.last = textOf(assembly);
    return deployment;
  }
}

function textOf({ templates }: Assembly): string {
  return JSON.stringify(templates);
}
