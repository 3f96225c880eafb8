import { randomUUID } from 'node:crypto';
import type { FunctionDefinition } from './definition';
import { ExecutionEnvironment } from './environment';
import { FunctionStoppedError, RequestTooLargeError, UnsupportedRuntimeError } from './errors';
import { type InvocationResult, MAX_REQUEST_BYTES } from './invocation';
import { environmentVariables } from './variables';

export type { InvocationResult } from './invocation';

export interface FunctionOptions {
  /** Hears each line that the function prints, and each error that it answers with. */
  log?: (functionName: string, line: string) => void;
  /** How many environments may live at once; further invocations wait their turn. Default 8. */
  maxConcurrency?: number;
  /** How long all of them may be busy before there is one more, in milliseconds. Default 3000. */
  stuckMs?: number;
  /** Default `us-east-1`. */
  region?: string;
}

/** Environments that hang are replaced, up to so many times `maxConcurrency`. Each ends by the function's timeout. */
const MOST_GROWTH = 4;

interface Waiting {
  resolve(environment: ExecutionEnvironment): void;
  reject(error: Error): void;
}

/**
 * A Lambda function: a pool of execution environments, each a process that serves one invocation at a
 * time and is used again while it lives.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
 */
export class LambdaFunction {
  private readonly log: (line: string) => void;
  private readonly maxConcurrency: number;
  private readonly stuckMs: number;
  /** Runs while invocations wait; each environment that gets free starts it anew. */
  private stuck: NodeJS.Timeout | undefined;
  private readonly variables: Record<string, string>;
  private readonly idle: ExecutionEnvironment[] = [];
  private readonly living = new Set<ExecutionEnvironment>();
  private readonly waiting: Waiting[] = [];
  private stopped = false;

  /** @throws UnsupportedRuntimeError unless the runtime is a Node.js one. */
  constructor(
    private readonly definition: FunctionDefinition,
    options: FunctionOptions = {},
  ) {
    if (!/^nodejs\d+\.x$/.test(definition.runtime)) {
      throw new UnsupportedRuntimeError(definition.name, definition.runtime);
    }
    this.log = (line) => options.log?.(definition.name, line);
    this.maxConcurrency = options.maxConcurrency ?? 8;
    this.stuckMs = options.stuckMs ?? 3000;
    this.variables = environmentVariables(definition, options.region ?? 'us-east-1');
  }

  /**
   * Invokes synchronously (RequestResponse). What goes wrong inside the function is an answer, not a
   * rejection.
   * @throws RequestTooLargeError when the payload as JSON is over 6 MB; FunctionStoppedError after stop().
   */
  async invoke(payload: unknown): Promise<InvocationResult> {
    const event = JSON.stringify(payload ?? {});
    const bytes = Buffer.byteLength(event);
    if (bytes > MAX_REQUEST_BYTES) {
      throw new RequestTooLargeError(this.definition.name, bytes);
    }

    const environment = await this.acquire();
    try {
      const result = await environment.invoke(randomUUID(), event);
      if (!result.ok) {
        this.log(`ERROR\tInvoke Error\t${JSON.stringify(result)}`);
      }
      return result;
    } finally {
      this.release(environment);
    }
  }

  /** Kills every environment and resolves once all are gone. An invocation in flight answers `Runtime.ExitError`. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.stuck);
    for (const waiting of this.waiting.splice(0)) {
      waiting.reject(new FunctionStoppedError(this.definition.name));
    }
    await Promise.all([...this.living].map((environment) => environment.stop()));
  }

  private async acquire(): Promise<ExecutionEnvironment> {
    if (this.stopped) {
      throw new FunctionStoppedError(this.definition.name);
    }
    for (let warm = this.idle.pop(); warm; warm = this.idle.pop()) {
      if (warm.alive) {
        return warm;
      }
    }
    if (this.living.size < this.maxConcurrency) {
      return this.start();
    }
    return new Promise((resolve, reject) => {
      this.waiting.push({ resolve, reject });
      this.stuck ??= setTimeout(() => this.grow(), this.stuckMs);
    });
  }

  /** Invocations that hang hold nobody else. On AWS a thousand may run at once. */
  private grow(): void {
    if (this.living.size < this.maxConcurrency * MOST_GROWTH) {
      this.serveNext(() => this.start());
    }
    this.watchWaiting();
  }

  private watchWaiting(): void {
    clearTimeout(this.stuck);
    this.stuck = this.waiting.length > 0 ? setTimeout(() => this.grow(), this.stuckMs) : undefined;
  }

  /** Whether anybody waited. */
  private serveNext(environment: () => ExecutionEnvironment): boolean {
    const next = this.waiting.shift();
    next?.resolve(environment());
    return next !== undefined;
  }

  private release(environment: ExecutionEnvironment): void {
    if (!environment.alive) {
      return;
    }
    if (!this.serveNext(() => environment)) {
      if ([...this.living].filter(({ alive }) => alive).length > this.maxConcurrency) {
        environment.kill();
      } else {
        this.idle.push(environment);
      }
    }
    this.watchWaiting();
  }

  private start(): ExecutionEnvironment {
    const environment = new ExecutionEnvironment(this.definition, this.variables, this.log);
    this.living.add(environment);
    void environment.gone.then(() => this.forget(environment));
    return environment;
  }

  private forget(environment: ExecutionEnvironment): void {
    this.living.delete(environment);
    const index = this.idle.indexOf(environment);
    if (index >= 0) {
      this.idle.splice(index, 1);
    }
    // Its place is free: whoever waits gets a fresh one.
    if (this.stopped) {
      return;
    }
    this.serveNext(() => this.start());
    this.watchWaiting();
  }
}
