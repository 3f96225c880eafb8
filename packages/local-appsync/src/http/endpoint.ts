import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { RequestError } from '../services/appsync/errors';
import { type GraphqlHttp, sendError } from '../services/appsync/http';
import type { Realtime } from '../services/appsync/realtime/realtime';
import type { LocalUserPool } from '../services/cognito/user-pool';
import type { Certificate } from './certificate';
import { FrontDoor } from './front-door';
import { serveLocalToken } from '../services/cognito/local-token';
import type { LambdaHttp } from '../services/lambda/http';
import type { Pages } from './pages';
import type { SqsHttp } from '../services/sqs/http';

const REALTIME_PATHS = ['/graphql/realtime', '/graphql'];

/** What the endpoint serves once the system is built. */
export interface Served {
  http: GraphqlHttp;
  realtime: Realtime;
  /** Who hands out tokens; undefined if the assembly has no user pool. */
  userPool?: LocalUserPool;
}

/** The one port of the system, on the loopback address: GraphQL over HTTP and WebSocket, and `GET /health`. */
export class Endpoint {
  /** Whether the whole loop answers. */
  ready = false;
  /** Answers the requests of SQS clients. */
  queues?: SqsHttp;
  /** Answers the requests of Lambda clients. */
  functions?: LambdaHttp;
  /** Answers whatever is asked for otherwise. */
  pages?: Pages;
  private served?: Served;

  private constructor(
    private readonly door: FrontDoor,
    readonly url: string,
  ) {
    door.http.on('request', (request, response) => {
      this.route(request, response).catch((error) => sendError(response, error));
    });
    door.http.on('upgrade', (request, socket, head) => this.upgrade(request, socket, head));
  }

  /** Throws StartError if the port is taken. Port 0 is any free one. */
  static async listen(port: number): Promise<Endpoint> {
    const door = await FrontDoor.open(port);
    return new Endpoint(door, `http://127.0.0.1:${door.port}`);
  }

  /** From now on the port speaks TLS, too. */
  secure(certificate: Certificate): void {
    this.door.speakTls(certificate);
  }

  serve(served: Served): void {
    this.served = served;
  }

  async close(): Promise<void> {
    this.served?.realtime.close();
    await this.door.close();
  }

  private async route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = pathOf(request);
    if (path === '/health') {
      response.writeHead(this.ready ? 200 : 503, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ ready: this.ready }));
    } else if (this.queues?.serves(request)) {
      await this.queues.handle(request, response);
    } else if (this.functions?.serves(request)) {
      await this.functions.handle(request, response);
    } else if (path === '/graphql' && this.served) {
      await this.served.http.handle(request, response);
    } else if (path === '/local/token' && this.served) {
      await serveLocalToken(request, response, this.served.userPool);
    } else if (path === '/graphql' || path === '/local/token') {
      sendError(response, new RequestError(503, 'ServiceUnavailableException', 'The system is starting.'));
    } else if (this.pages) {
      this.pages(request, response, () => sendNotFound(response, path));
    } else {
      sendNotFound(response, path);
    }
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    // Until the backlog is projected a subscriber would be told of changes from before its time.
    if (this.ready && this.served && REALTIME_PATHS.includes(pathOf(request))) {
      this.served.realtime.upgrade(request, socket, head);
    } else {
      socket.on('error', () => socket.destroy());
      socket.end(`HTTP/1.1 ${this.ready ? '404 Not Found' : '503 Service Unavailable'}\r\nconnection: close\r\n\r\n`);
    }
  }
}

function sendNotFound(response: ServerResponse, path: string): void {
  sendError(response, new RequestError(404, 'UnknownOperationException', `Nothing is served at ${path}.`));
}

/** Without the query; a path that is no URL is a path all the same. */
function pathOf({ url = '/' }: IncomingMessage): string {
  return url.split('?', 1)[0]!;
}
