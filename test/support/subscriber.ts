import { once } from 'node:events';
import type { WebSocket } from 'ws';
import { apiKey, type Proof } from './credentials';

interface Frame {
  type: string;
  id?: string;
  payload?: { data?: unknown; errors?: { errorType: string; message: string }[] };
}

/** AppSync's realtime protocol by hand, one socket; with the API key, unless a start brings something else. */
export class Subscriber {
  private starts = 0;
  private readonly listeners = new Set<(frame: Frame) => void>();

  private constructor(
    private readonly socket: WebSocket,
    private readonly host: string,
    private readonly proof: Proof,
  ) {
    socket.on('message', (data: Buffer) => {
      const frame = JSON.parse(data.toString()) as Frame;
      this.listeners.forEach((listener) => listener(frame));
    });
  }

  /** Rejects if the handshake is refused. */
  static async connect(system: { url: string }, Socket: typeof WebSocket, proof: Proof = apiKey): Promise<Subscriber> {
    const { host } = new URL(system.url);
    const headers = await proof({ host, path: '/graphql/connect', body: '{}' });
    const header = Buffer.from(JSON.stringify({ host, ...headers })).toString('base64url');
    const socket = new Socket(`${system.url.replace('http', 'ws')}/graphql/realtime`, [
      'graphql-ws',
      `header-${header}`,
    ]);
    const subscriber = new Subscriber(socket, host, proof);
    const answered = subscriber.frame(({ type }) => ['connection_ack', 'connection_error'].includes(type));
    await once(socket, 'open');
    subscriber.send({ type: 'connection_init' });
    const answer = await answered;
    if (answer.type === 'connection_error') {
      throw new Error(JSON.stringify(answer.payload));
    }
    return subscriber;
  }

  /** Starts a subscription; what it hears from the server's start_ack on. Rejects if the server refuses it. */
  async start<T>(
    query: string,
    variables: Record<string, unknown> = {},
    proof = this.proof,
    heard = new Heard<T>(),
  ): Promise<Heard<T>> {
    const id = String((this.starts += 1));
    this.listeners.add((frame) => {
      if (frame.id === id && frame.type === 'data') {
        heard.add(frame.payload!.data as T);
      }
    });
    const data = JSON.stringify({ query, variables });
    const headers = await proof({ host: this.host, path: '/graphql', body: data });
    const answered = this.frame((frame) => frame.id === id && ['start_ack', 'error'].includes(frame.type));
    this.send({ type: 'start', id, payload: { data, extensions: { authorization: { host: this.host, ...headers } } } });
    const answer = await answered;
    if (answer.type === 'error') {
      throw new Error(JSON.stringify(answer.payload));
    }
    return heard;
  }

  /** Reads nothing more, as a client that hangs. */
  pause(): void {
    this.socket.pause();
  }

  close(): void {
    this.socket.close();
  }

  private send(frame: unknown): void {
    this.socket.send(JSON.stringify(frame));
  }

  private frame(matches: (frame: Frame) => boolean): Promise<Frame> {
    return new Promise((resolve) => {
      const listener = (frame: Frame) => {
        if (matches(frame)) {
          this.listeners.delete(listener);
          resolve(frame);
        }
      };
      this.listeners.add(listener);
    });
  }
}

/** What a subscription has heard so far, and a way to wait for more. */
export class Heard<T> {
  readonly all: T[] = [];
  private waiting: (() => void)[] = [];

  add(data: T): void {
    this.all.push(data);
    this.waiting.splice(0).forEach((wake) => wake());
  }

  /** All that was heard, once one of it matches. */
  async until(matches: (data: T) => boolean): Promise<T[]> {
    while (!this.all.some(matches)) {
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
    return this.all;
  }
}
