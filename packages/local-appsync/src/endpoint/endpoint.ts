import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { Access } from './access';
import type { Certificate } from './certificate';
import { FrontDoor, type Timeouts } from './front-door';
import { HttpError, told } from './http-error';
import type { Pages } from './pages';
import { pathOf, type Route } from './route';
import { sendJson } from './send-json';

export interface EndpointOptions {
  /** Default: programs and pages of this machine. */
  access?: Access;
  timeouts?: Timeouts;
  /** Hears of whom is refused. */
  log?: (line: string) => void;
}

/** How many different refusals are logged. */
const MOST_REFUSALS_LOGGED = 20;

/** The one port of the system, on the loopback addresses: what the services answer, `GET /health`, and pages. */
export class Endpoint {
  /** Whether everything that was deployed answers. */
  ready = false;
  /** What the services answer, once they have started. */
  routes?: readonly Route[];
  /** Answers whatever no service does. */
  pages?: Pages;
  private readonly access: Access;
  private readonly refusals = new Set<string>();

  private constructor(
    private readonly door: FrontDoor,
    readonly url: string,
    private readonly options: EndpointOptions,
  ) {
    this.access = options.access ?? Access.of({});
    door.http.on('request', (request, response) => {
      this.route(request, response).catch((error) => sendError(response, error));
    });
    door.http.on('upgrade', (request, socket, head) => this.upgrade(request, socket, head));
  }

  /** Throws StartError if the port is taken. Port 0 is any free one. */
  static async listen(port: number, options: EndpointOptions = {}): Promise<Endpoint> {
    const door = await FrontDoor.open(port, options.timeouts);
    return new Endpoint(door, `http://127.0.0.1:${door.port}`, options);
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
    const cors = this.admit(request, route);
    Object.entries(cors).forEach(([name, value]) => response.setHeader(name, value));
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
    try {
      this.admit(request, route);
    } catch (error) {
      refuseUpgrade(socket, error instanceof HttpError ? '403 Forbidden' : '500 Internal Server Error');
      return;
    }
    // Until the backlog has been handled a subscriber would be told of changes from before its time.
    if (this.ready && route) {
      route.upgrade!(request, socket, head);
    } else {
      refuseUpgrade(socket, this.ready ? '404 Not Found' : '503 Service Unavailable');
    }
  }

  /** The CORS headers of the answer. Throws HttpError for a foreign page; its developer reads why in the log. */
  private admit({ headers }: IncomingMessage, route: Route | undefined): Record<string, string> {
    try {
      return this.access.admit(headers, route?.corsOnAws);
    } catch (error) {
      const { message } = error as Error;
      if (!this.refusals.has(message) && this.refusals.size < MOST_REFUSALS_LOGGED) {
        this.refusals.add(message);
        this.options.log?.(`Refused: ${message}`);
      }
      throw error;
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
  sendJson(response, status, { errors: [{ errorType, message }] }, { 'x-amzn-errortype': errorType });
}

/** Also of a client that does not hang up itself. */
function refuseUpgrade(socket: Duplex, status: string): void {
  socket.on('error', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`, () => socket.destroy());
}
