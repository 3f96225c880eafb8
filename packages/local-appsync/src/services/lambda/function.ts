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
  /** Default `us-east-1`. */
  region?: string;
}

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
    return new Promise((resolve, reject) => this.waiting.push({ resolve, reject }));
  }

  private release(environment: ExecutionEnvironment): void {
    if (!environment.alive) {
      return;
    }
    const next = this.waiting.shift();
    if (next) {
      next.resolve(environment);
    } else {
      this.idle.push(environment);
    }
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
    const next = this.waiting.shift();
    if (next) {
      next.resolve(this.start());
    }
  }
}
