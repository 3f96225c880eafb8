import { once } from 'node:events';
import { type ClientOptions, WebSocket } from 'ws';
import { API_KEY } from './endpoint';

export interface Frame {
  type: string;
  id?: string;
  payload?: { data?: unknown; errors?: Record<string, unknown>[]; connectionTimeoutMs?: number };
}

/** How a client can carry the headers that authorize its handshake. */
export const carriers = {
  'a subprotocol': (url: string, headers: object) =>
    new WebSocket(url, ['graphql-ws', `header-${encode(headers, 'base64url')}`]),
  'the query string': (url: string, headers: object) =>
    new WebSocket(`${url}?header=${encode(headers, 'base64')}&payload=e30=`, ['graphql-ws']),
  'HTTP headers': (url: string, headers: object) =>
    new WebSocket(url, ['graphql-ws'], { headers: headers as ClientOptions['headers'] }),
} as const;

function encode(value: object, encoding: BufferEncoding) {
  return Buffer.from(JSON.stringify(value)).toString(encoding);
}

export const withKey = { 'x-api-key': API_KEY };

/** AppSync's realtime protocol, frame by frame: what came is kept in order until it is asked for. */
export class FrameClient {
  private readonly came: Frame[] = [];
  private wake = () => {};
  /** How the server closed. */
  readonly closed: Promise<{ code: number; reason: string }>;

  private constructor(readonly socket: WebSocket) {
    socket.on('message', (data: Buffer) => {
      this.came.push(JSON.parse(data.toString()) as Frame);
      this.wake();
    });
    this.closed = new Promise((resolve) => {
      socket.once('close', (code, reason) => resolve({ code, reason: reason.toString() }));
    });
  }

  /** Opens a socket and says nothing yet. */
  static async open(socket: WebSocket): Promise<FrameClient> {
    const client = new FrameClient(socket);
    await once(socket, 'open');
    return client;
  }

  /** A connection that the server has acknowledged. */
  static async connect(graphqlUrl: string, headers: object = withKey): Promise<FrameClient> {
    const url = `${graphqlUrl.replace('http', 'ws')}/realtime`;
    const client = await FrameClient.open(carriers['a subprotocol'](url, headers));
    client.send({ type: 'connection_init' });
    await client.next();
    await client.next();
    return client;
  }

  send(frame: unknown): void {
    this.socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
  }

  start(id: string, query: string, variables: Record<string, unknown> = {}, authorization: object = withKey): void {
    const data = JSON.stringify({ query, variables });
    this.send({ type: 'start', id, payload: { data, extensions: { authorization } } });
  }

  /** Starts a subscription and waits for the acknowledgement. */
  async subscribe(id: string, query: string, variables?: Record<string, unknown>, authorization?: object) {
    this.start(id, query, variables, authorization);
    const answer = await this.next();
    if (answer.type !== 'start_ack') {
      throw new Error(`no start_ack but ${JSON.stringify(answer)}`);
    }
  }

  /** The next frame that has not been asked for yet. */
  async next(): Promise<Frame> {
    while (this.came.length === 0) {
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
    return this.came.shift()!;
  }

  /** The frames up to the answer of a subscription that starts now: whatever was on its way has come by then. */
  async heard(query: string): Promise<Frame[]> {
    this.start('fence', query);
    const frames: Frame[] = [];
    for (let frame = await this.next(); frame.id !== 'fence'; frame = await this.next()) {
      frames.push(frame);
    }
    this.send({ type: 'stop', id: 'fence' });
    await this.next();
    return frames;
  }

  close(): void {
    this.socket.terminate();
  }
}
