import { createServer, type IncomingMessage, request as forward, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export interface Passing {
  request: IncomingMessage;
  body: string;
}

/** An answer in place of the server's, or a connection that breaks. */
export type Fault = { status: number; body: object } | 'broken';

/** A server in front of another, between two that do not know of it: what passes can be seen, and fail. */
export class FaultyProxy {
  /** Where to pass requests on to. */
  target = '';
  /** What goes wrong with a request instead; undefined: nothing. It is awaited before the request is passed on. */
  fault: (passing: Passing) => Fault | undefined | Promise<Fault | undefined> = () => undefined;

  private constructor(private readonly server: Server) {}

  static async start(): Promise<FaultyProxy> {
    const proxy: FaultyProxy = new FaultyProxy(
      createServer((request, response) => {
        proxy.pass(request, response).catch(() => response.destroy());
      }),
    );
    await new Promise<void>((resolve) => proxy.server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private async pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request);
    const fault = await this.fault({ request, body: body.toString() });
    if (fault === 'broken') {
      response.destroy();
      return;
    }
    if (fault) {
      response.writeHead(fault.status, { 'content-type': 'application/x-amz-json-1.0' });
      response.end(JSON.stringify(fault.body));
      return;
    }
    const { method, headers } = request;
    const onward = forward(new URL(request.url!, this.target), { method, headers });
    onward.once('error', () => response.destroy());
    onward.once('response', (answer) => {
      response.writeHead(answer.statusCode!, answer.headers);
      answer.pipe(response);
    });
    onward.end(body);
  }
}
