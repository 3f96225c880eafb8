import { GraphqlHttp } from '../services/appsync/http';
import { Realtime } from '../services/appsync/realtime/realtime';
import type { Endpoint } from '../http/endpoint';
import type { Invoke } from '../services/lambda/http';
import { LiveApi } from '../services/appsync/live-api';
import type { Program } from './program';
import { StartError } from '../shared/start-error';

/** The program that runs now. Another can take its place; data, sockets and positions in streams stay. */
export class LiveProgram {
  private current?: Program;
  private api?: LiveApi;
  private realtime?: Realtime;

  constructor(
    private readonly endpoint: Endpoint,
    private readonly log: (line: string) => void,
  ) {}

  async start(program: Program): Promise<void> {
    this.current = program;
    if (program.running) {
      this.api = new LiveApi(program.running);
      this.realtime = new Realtime(this.api, this.api, { log: this.log });
    }
    this.serve(program);
    await program.mappings.start();
  }

  /** Throws StartError, and leaves things as they are, where a restart is needed. */
  async replace(next: Program): Promise<void> {
    const old = this.current!;
    if ((next.running === undefined) !== (old.running === undefined)) {
      throw new StartError('A GraphQL API comes or goes: that takes a restart.');
    }
    const drained = next.running && this.api!.replace(next.running);
    this.current = next;
    this.serve(next);
    await old.mappings.stop();
    await next.mappings.start();
    await drained;
    await old.functions.stop();
  }

  /** Calls a function of the program that runs now; undefined if it has none of that name or ARN. */
  readonly invoke: Invoke = async (reference, payload) => {
    const { functions } = this.current!;
    return functions.has(reference) ? functions.invoke(reference, payload) : undefined;
  };

  caughtUp(): Promise<void> {
    return this.current!.mappings.caughtUp();
  }

  async stop(): Promise<void> {
    await this.current?.mappings.stop();
    await this.current?.functions.stop();
  }

  private serve({ running }: Program): void {
    if (running) {
      const { api, realtime } = this;
      this.endpoint.serve({ http: new GraphqlHttp(api!, api!), realtime: realtime!, userPool: running.userPool });
    }
  }
}
