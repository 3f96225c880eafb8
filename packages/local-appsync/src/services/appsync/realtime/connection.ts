import type { IncomingMessage } from 'node:http';
import type { RawData, WebSocket } from 'ws';
import type { ServedAuthenticator } from '../auth/authenticator';
import { connectRequest, lowerCaseHeaders, startRequest } from '../auth/realtime';
import { Unauthorized } from '../auth/unauthorized';
import type { ServedApi } from '../execution/api';
import { HttpError } from '../../../endpoint/http-error';
import { type ClientFrame, dataFrame, readFrame, readRequest, readStart } from './frames';
import { handshakeHeaders } from './handshake';
import { LIMITS } from '../limits';
import type { RealtimeOptions } from './options';
import { InvalidFilter } from './subscription-filter';
import type { Subscription } from './subscriptions';

const CONNECTION_TIMEOUT_MS = 300_000;

/** A subscription of this connection: its id is taken from the start frame on, so that a stop can overtake the start. */
interface Started {
  subscription?: Subscription;
}

/** One WebSocket: its handshake, and the subscriptions that it carries. */
export class Connection {
  private readonly started = new Map<string, Started>();
  private readonly sourceIp: string;
  private readonly timers: NodeJS.Timeout[];

  constructor(
    private readonly socket: WebSocket,
    private readonly request: IncomingMessage,
    private readonly api: ServedApi,
    private readonly authenticator: ServedAuthenticator,
    private readonly options: RealtimeOptions,
  ) {
    this.sourceIp = request.socket.remoteAddress ?? '';
    this.timers = [
      setInterval(() => this.send({ type: 'ka' }), options.keepAliveMs).unref(),
      setTimeout(() => socket.close(1000, 'Connection expired.'), options.connectionMs).unref(),
    ];
    socket.on('close', () => this.closed());
    // A broken socket closes right after; that is where it ends.
    socket.on('error', () => socket.terminate());
  }

  /** Frames that arrive while the handshake is being authorized wait for it. */
  open(): void {
    const authorized = this.authorize();
    this.socket.on('message', (data) => void authorized.then((ok) => (ok ? this.receive(data) : undefined)));
  }

  private async authorize(): Promise<boolean> {
    try {
      await this.authenticator.authenticate(connectRequest(handshakeHeaders(this.request), this.sourceIp));
      return true;
    } catch (error) {
      const { errorType, message } = this.told(error);
      const isRefusal = error instanceof Unauthorized;
      const refusal = {
        errorType: isRefusal ? `com.amazonaws.deepdish.graphql.auth#${errorType}` : errorType,
        message,
        // Clients do not try again after a 400.
        errorCode: isRefusal ? 400 : 500,
      };
      this.send({ type: 'connection_error', payload: { errors: [refusal] } });
      this.socket.close(isRefusal ? 1008 : 1011, errorType);
      return false;
    }
  }

  private receive(data: RawData): void {
    const frame = readFrame(data);
    switch (frame.type) {
      case 'connection_init':
        this.send({ type: 'connection_ack', payload: { connectionTimeoutMs: CONNECTION_TIMEOUT_MS } });
        this.send({ type: 'ka' });
        return;
      case 'start':
        return this.start(frame);
      case 'stop':
        return this.stop(frame.id);
      default:
        this.refuse(frame.id, 'UnsupportedOperation', 'expected a frame of type connection_init, start or stop');
    }
  }

  private start(frame: ClientFrame): void {
    const { id } = frame;
    if (typeof id !== 'string' || id === '' || this.started.has(id)) {
      return this.refuse(id, 'BadRequestException', 'a start needs an id of its own');
    }
    const most = LIMITS.subscriptionsPerConnection;
    if (this.started.size >= most) {
      return this.refuse(id, 'MaxSubscriptionsReachedError', `Max number of ${most} subscriptions reached`);
    }
    const started: Started = {};
    this.started.set(id, started);
    void this.subscribe(id, frame, started);
  }

  private async subscribe(id: string, frame: ClientFrame, started: Started): Promise<void> {
    const stopped = () => this.started.get(id) !== started;
    try {
      const { authorization, data } = readStart(frame);
      const caller = await this.authenticator.authenticate(startRequest(authorization, data, this.sourceIp));
      if (stopped()) {
        return;
      }
      const answer = await this.api.subscribe(readRequest(data), caller, lowerCaseHeaders(authorization));
      if (Array.isArray(answer)) {
        if (!stopped()) {
          this.started.delete(id);
          this.sendErrors(id, answer);
        }
        return;
      }
      if (stopped()) {
        // Nobody else has it: whoever keeps it would prepare it again at each reload.
        return answer.stop();
      }
      started.subscription = answer;
      // In this order, and without a pause: nothing is heard before the acknowledgement, and nothing missed after it.
      this.send({ type: 'start_ack', id });
      answer.begin({
        deliver: (change) => this.sendText(dataFrame(id, change)),
        end: () => this.socket.close(1000, 'Subscription complete.'),
      });
    } catch (error) {
      const { errorType, message } = this.told(error);
      if (!stopped()) {
        this.started.delete(id);
        this.refuse(id, errorType, message);
      }
    }
  }

  private stop(id: unknown): void {
    const started = typeof id === 'string' ? this.started.get(id) : undefined;
    if (started) {
      started.subscription?.stop();
      this.started.delete(id as string);
      this.send({ type: 'complete', id });
    }
  }

  /** What the client learns of an error; of one that nobody foresaw, the log learns the rest. */
  private told(error: unknown): { errorType: string; message: string } {
    if (error instanceof HttpError) {
      return { errorType: error.errorType, message: error.message };
    }
    if (error instanceof InvalidFilter) {
      return { errorType: error.name, message: error.message };
    }
    this.options.log(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return { errorType: 'InternalFailure', message: 'An internal failure occurred.' };
  }

  private refuse(id: unknown, errorType: string, message: string): void {
    this.sendErrors(id, [{ errorType, message }]);
  }

  private sendErrors(id: unknown, errors: unknown[]): void {
    this.send({ type: 'error', ...(typeof id === 'string' ? { id } : {}), payload: { errors } });
  }

  private send(frame: unknown): void {
    this.sendText(JSON.stringify(frame));
  }

  private sendText(text: string): void {
    if (this.socket.bufferedAmount > this.options.maxBufferedBytes) {
      this.socket.terminate();
    }
    if (this.socket.readyState === this.socket.OPEN) {
      this.socket.send(text);
    }
  }

  private closed(): void {
    this.timers.forEach((timer) => clearTimeout(timer));
    for (const { subscription } of this.started.values()) {
      subscription?.stop();
    }
    this.started.clear();
  }
}
