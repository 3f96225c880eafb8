import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { ServedAuthenticator } from '../auth/authenticator';
import type { ServedApi } from '../execution/api';
import { Connection } from './connection';
import { LIMITS } from '../limits';

const MAX_FRAME_BYTES = 1024 * 1024;

export interface RealtimeOptions {
  /** How often a `ka` frame is sent. Clients give a link up after 65 s without a frame. */
  keepAliveMs: number;
  /** How long a connection may stay open. */
  connectionMs: number;
  /**
   * A client that lets this much wait to be sent is cut off, so that it can't fill the memory. One change for each
   * subscription that a connection may have always fits.
   */
  maxBufferedBytes: number;
  /** Hears of faults of ours, of which clients learn no details. */
  log: (line: string) => void;
}

const DEFAULTS: RealtimeOptions = {
  keepAliveMs: 55_000,
  connectionMs: LIMITS.connectionMs,
  maxBufferedBytes: 32 * 1024 * 1024,
  log: (line) => console.error(line),
};

/**
 * AppSync's realtime endpoint over WebSocket.
 * Source: https://docs.aws.amazon.com/appsync/latest/devguide/real-time-websocket-client.html
 */
export class Realtime {
  private readonly options: RealtimeOptions;
  private readonly sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_FRAME_BYTES,
    handleProtocols: (offered) => (offered.has('graphql-ws') ? 'graphql-ws' : false),
  });

  constructor(
    private readonly api: ServedApi,
    private readonly authenticator: ServedAuthenticator,
    options: Partial<RealtimeOptions> = {},
  ) {
    this.options = { ...DEFAULTS, ...options };
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.sockets.handleUpgrade(request, socket, head, (webSocket) => {
      const connection = new Connection(webSocket, request, this.api, this.authenticator, this.options);
      connection.open();
    });
  }

  close(): void {
    for (const socket of this.sockets.clients) {
      socket.terminate();
    }
    this.sockets.close();
  }
}
