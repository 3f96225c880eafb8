import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import type { Authenticator } from '../auth/authenticator';
import { connectRequest, lowerCaseHeaders, startRequest } from '../auth/realtime';
import type { AuthRequest } from '../auth/types';
import { Unauthorized } from '../auth/unauthorized';
import type { GraphqlApi, GraphqlRequest } from './api';
import { type ErrorEntry, RequestError } from './errors';
import { InvalidFilter } from './subscription-filter';

const CONNECTION_TIMEOUT_MS = 300_000;
/** Clients give a link up after 65 s without a frame. */
const KEEP_ALIVE_MS = 55_000;
const MAX_SUBSCRIPTIONS = 100;
const MAX_FRAME_BYTES = 1024 * 1024;
/** A client that reads too slowly for this much to drain is cut off, so that it can't fill the memory. */
const MAX_BUFFERED_BYTES = 16 * 1024 * 1024;

type Headers = Record<string, unknown>;

/** A frame of AppSync's realtime protocol, as the client sends it. */
interface ClientFrame {
  type?: string;
  id?: string;
  payload?: { data?: unknown; extensions?: { authorization?: Headers } };
}

/**
 * AppSync's realtime endpoint over WebSocket.
 * Source: AppSync's developer guide, "Building a real-time WebSocket client".
 */
export class Realtime {
  private readonly sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_FRAME_BYTES,
    handleProtocols: (offered) => (offered.has('graphql-ws') ? 'graphql-ws' : false),
  });

  constructor(
    private readonly api: GraphqlApi,
    private readonly authenticator: Authenticator,
  ) {}

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.sockets.handleUpgrade(request, socket, head, (webSocket) => {
      const connection = new Connection(webSocket, request, this.api, this.authenticator);
      void connection.open();
    });
  }

  close(): void {
    for (const socket of this.sockets.clients) {
      socket.terminate();
    }
    this.sockets.close();
  }
}

class Connection {
  private readonly subscriptions = new Map<string, { stop(): void } | null>();
  private readonly keepAlive: NodeJS.Timeout;

  constructor(
    private readonly socket: WebSocket,
    private readonly request: IncomingMessage,
    private readonly api: GraphqlApi,
    private readonly authenticator: Authenticator,
  ) {
    this.keepAlive = setInterval(() => this.send({ type: 'ka' }), KEEP_ALIVE_MS).unref();
    socket.on('close', () => this.closed());
    // A broken socket closes right after; that is where it ends.
    socket.on('error', () => socket.terminate());
  }

  /** Frames that arrive while the handshake is being authorized wait for it. */
  async open(): Promise<void> {
    const authorized = this.authorize(connectRequest(handshakeHeaders(this.request), this.sourceIp));
    this.socket.on('message', (data) => void authorized.then((ok) => (ok ? this.receive(data) : undefined)));
    await authorized;
  }

  private async authorize(request: AuthRequest): Promise<boolean> {
    try {
      await this.authenticator.authenticate(request);
      return true;
    } catch (error) {
      if (!(error instanceof Unauthorized)) {
        throw error;
      }
      const errorType = `com.amazonaws.deepdish.graphql.auth#${error.errorType}`;
      this.send({
        type: 'connection_error',
        payload: { errors: [{ errorType, message: error.message, errorCode: 400 }] },
      });
      this.socket.close(1008, error.errorType);
      return false;
    }
  }

  private async receive(data: RawData): Promise<void> {
    const frame = parseFrame(data);
    switch (frame?.type) {
      case 'connection_init':
        this.send({ type: 'connection_ack', payload: { connectionTimeoutMs: CONNECTION_TIMEOUT_MS } });
        this.send({ type: 'ka' });
        return;
      case 'start':
        return this.start(frame);
      case 'stop':
        return this.stop(frame.id);
      default:
        this.refuse(frame?.id, 'UnsupportedOperation', 'expected a frame of type connection_init, start or stop');
    }
  }

  private async start({ id, payload }: ClientFrame): Promise<void> {
    if (typeof id !== 'string' || id === '' || this.subscriptions.has(id)) {
      return this.refuse(id, 'BadRequestException', 'a start needs an id of its own');
    }
    if (this.subscriptions.size >= MAX_SUBSCRIPTIONS) {
      return this.refuse(
        id,
        'MaxSubscriptionsReachedError',
        `Max number of ${MAX_SUBSCRIPTIONS} subscriptions reached`,
      );
    }
    // The id is taken from now on, so that a stop can overtake the start's authorization.
    this.subscriptions.set(id, null);
    try {
      const headers = payload?.extensions?.authorization ?? {};
      const text = String(payload?.data ?? '');
      const caller = await this.authenticator.authenticate(startRequest(headers, text, this.sourceIp));
      const started = await this.api.subscribe(
        parseStart(text),
        caller,
        lowerCaseHeaders(headers),
        (change) => this.deliver(id, change),
        () => this.socket.close(1000, 'Subscription complete.'),
      );
      if (Array.isArray(started)) {
        this.subscriptions.delete(id);
        return this.sendErrors(id, started);
      }
      if (!this.subscriptions.has(id)) {
        return started.stop();
      }
      this.subscriptions.set(id, started);
      this.send({ type: 'start_ack', id });
    } catch (error) {
      this.subscriptions.delete(id);
      this.refuseFor(id, error);
    }
  }

  private stop(id = ''): void {
    this.subscriptions.get(id)?.stop();
    if (this.subscriptions.delete(id)) {
      this.send({ type: 'complete', id });
    }
  }

  private deliver(id: string, payload: { data: unknown; errors?: ErrorEntry[] }): void {
    this.send({ type: 'data', id, payload });
  }

  private refuseFor(id: string, error: unknown): void {
    if (error instanceof RequestError || error instanceof Unauthorized) {
      this.refuse(id, error.errorType, error.message);
    } else if (error instanceof InvalidFilter) {
      this.refuse(id, error.name, error.message);
    } else {
      console.error(error);
      this.refuse(id, 'InternalFailure', 'An internal failure occurred.');
    }
  }

  private refuse(id: string | undefined, errorType: string, message: string): void {
    this.sendErrors(id, [{ errorType, message }]);
  }

  private sendErrors(id: string | undefined, errors: unknown[]): void {
    this.send({ type: 'error', ...(id === undefined ? {} : { id }), payload: { errors } });
  }

  private send(frame: unknown): void {
    if (this.socket.bufferedAmount > MAX_BUFFERED_BYTES) {
      this.socket.terminate();
    }
    if (this.socket.readyState === this.socket.OPEN) {
      this.socket.send(JSON.stringify(frame));
    }
  }

  private get sourceIp(): string {
    return this.request.socket.remoteAddress ?? '';
  }

  private closed(): void {
    clearInterval(this.keepAlive);
    for (const subscription of this.subscriptions.values()) {
      subscription?.stop();
    }
    this.subscriptions.clear();
  }
}

/** The handshake's authorization, in whichever of the three ways the client carries it. */
function handshakeHeaders({ headers, url }: IncomingMessage): Headers {
  const offered = String(headers['sec-websocket-protocol'] ?? '').split(/\s*,\s*/);
  const inProtocol = offered.find((protocol) => protocol.startsWith('header-'))?.slice('header-'.length);
  // A plus sign in a query means a space, but clients do not escape that of base64.
  const inQuery = new URL(url!, 'http://localhost').searchParams.get('header')?.replace(/ /g, '+');
  const encoded = inProtocol ?? inQuery;
  if (encoded === undefined) {
    return headers;
  }
  return parseObject<Headers>(Buffer.from(encoded, 'base64').toString('utf8')) ?? {};
}

function parseFrame(data: RawData): ClientFrame | undefined {
  return parseObject<ClientFrame>(data.toString());
}

/** A start's `data` is the GraphQL request as text. */
function parseStart(text: string): GraphqlRequest {
  const { query, variables, operationName } = parseObject<Partial<GraphqlRequest>>(text) ?? {};
  if (typeof query !== 'string') {
    throw new RequestError(400, 'MalformedHttpRequestException', 'Unable to parse GraphQL query.');
  }
  return { query, variables, operationName };
}

/** What is not an object in JSON is undefined. */
function parseObject<T extends object>(text: string): T | undefined {
  try {
    const value = JSON.parse(text) as unknown;
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as T) : undefined;
  } catch {
    return undefined;
  }
}
