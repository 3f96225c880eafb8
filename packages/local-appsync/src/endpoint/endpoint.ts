import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Certificate } from './certificate';
import { FrontDoor } from './front-door';
import { HttpError, told } from './http-error';
import type { Pages } from './pages';
import { pathOf, type Route } from './route';
import { sendJson } from './send-json';

/** The one port of the system, on the loopback address: what the services answer, `GET /health`, and pages. */
export class Endpoint {
  /** Whether everything that was deployed answers. */
  ready = false;
  /** What the services answer, once they have started. */
  routes?: readonly Route[];
  /** Answers whatever no service does. */
  pages?: Pages;

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

  close(): Promise<void> {
    return this.door.close();
  }

  private async route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = pathOf(request);
    const route = this.routes?.find((each) => each.handle && each.serves(request));
    if (path === '/health') {
      sendJson(response, this.ready ? 200 : 503, { ready: this.ready });
    } else if (route) {
      await route.handle!(request, response);
    } else if (this.pages) {
      this.pages(request, response, () => this.sendNothingServed(response, path));
    } else {
      this.sendNothingServed(response, path);
    }
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const route = this.routes?.find((each) => each.upgrade && each.serves(request));
    // Until the backlog has been handled a subscriber would be told of changes from before its time.
    if (this.ready && route) {
      route.upgrade!(request, socket, head);
    } else {
      socket.on('error', () => socket.destroy());
      socket.end(`HTTP/1.1 ${this.ready ? '404 Not Found' : '503 Service Unavailable'}\r\nconnection: close\r\n\r\n`);
    }
  }

  private sendNothingServed(response: ServerResponse, path: string): void {
    const error = this.ready
      ? new HttpError(404, 'UnknownOperationException', `Nothing is served at ${path}.`)
      : new HttpError(503, 'ServiceUnavailableException', 'The system is starting.');
    sendError(response, error);
  }
}

/** In the words of GraphQL, which most who call the endpoint expect. */
function sendError(response: ServerResponse, error: unknown): void {
  const { status, errorType, message } = told(error, 'InternalFailure');
  const headers = { 'x-amzn-errortype': errorType, 'access-control-allow-origin': '*' };
  sendJson(response, status, { errors: [{ errorType, message }] }, headers);
}
