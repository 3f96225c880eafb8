import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { ServedAuthenticator } from '../auth/authenticator';
import type { ServedApi } from '../execution/api';
import { Connection } from './connection';
import { DEFAULTS, type RealtimeOptions } from './options';

const MAX_FRAME_BYTES = 1024 * 1024;

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
