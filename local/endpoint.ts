import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { RequestError } from './appsync/errors';
import { type GraphqlHttp, sendError } from './appsync/http';
import type { Realtime } from './appsync/realtime';
import { StartError } from './start-error';

const REALTIME_PATHS = ['/graphql/realtime', '/graphql'];

/** The one port of the system, on the loopback address: GraphQL over HTTP and WebSocket, and `GET /health`. */
export class Endpoint {
  /** Whether the whole loop answers. */
  ready = false;
  private graphql?: { http: GraphqlHttp; realtime: Realtime };

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {
    server.on('request', (request, response) => void this.route(request, response));
    server.on('upgrade', (request, socket, head) => this.upgrade(request, socket, head));
  }

  /** Throws StartError if the port is taken. Port 0 is any free one. */
  static async listen(port: number): Promise<Endpoint> {
    const server = createServer();
    await new Promise<void>((resolve, reject) => {
      server.once('error', (error: NodeJS.ErrnoException) =>
        reject(
          error.code === 'EADDRINUSE'
            ? new StartError(`Port ${port} is taken. Stop what listens there, or choose another with --port.`)
            : new StartError(`Can't listen on port ${port}: ${error.message}`),
        ),
      );
      server.listen(port, '127.0.0.1', resolve);
    });
    const { port: actual } = server.address() as AddressInfo;
    return new Endpoint(server, `http://127.0.0.1:${actual}`);
  }

  serve(http: GraphqlHttp, realtime: Realtime): void {
    this.graphql = { http, realtime };
  }

  async close(): Promise<void> {
    this.graphql?.realtime.close();
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }

  private async route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', this.url);
    if (pathname === '/health') {
      response.writeHead(this.ready ? 200 : 503, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ ready: this.ready }));
    } else if (pathname === '/graphql' && this.graphql) {
      await this.graphql.http.handle(request, response);
    } else if (pathname === '/graphql') {
      sendError(response, new RequestError(503, 'ServiceUnavailableException', 'The system is starting.'));
    } else {
      sendError(response, new RequestError(404, 'UnknownOperationException', `Nothing is served at ${pathname}.`));
    }
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    // Until the backlog is projected a subscriber would be told of changes from before its time.
    if (this.ready && this.graphql && REALTIME_PATHS.includes(new URL(request.url ?? '/', this.url).pathname)) {
      this.graphql.realtime.upgrade(request, socket, head);
    } else {
      socket.end(`HTTP/1.1 ${this.ready ? '404 Not Found' : '503 Service Unavailable'}\r\nconnection: close\r\n\r\n`);
    }
  }
}
