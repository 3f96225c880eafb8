import { createServer as createHttpServer, type Server as HttpServer } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:tls';
import type { Certificate } from './certificate';
import { StartError } from '../shared/start-error';

/** What every TLS connection begins with: the record type of a handshake. */
const TLS_HANDSHAKE = 0x16;

/** How long a client may take, in milliseconds. */
export interface Timeouts {
  /** Until the first byte of a connection. */
  firstByteMs: number;
  tlsHandshakeMs: number;
  /** For the headers of a request. */
  headersMs: number;
  /** For a whole request. */
  requestMs: number;
  /** How often those two are looked at. */
  checkMs: number;
}

/** Whatever a client leaves half done, its connection is closed within a minute. */
export const TIMEOUTS: Timeouts = {
  firstByteMs: 30_000,
  tlsHandshakeMs: 20_000,
  headersMs: 20_000,
  requestMs: 40_000,
  checkMs: 5_000,
};

/**
 * One port for HTTP with and without TLS: the first byte of a connection tells which it is. Clients that can't be
 * talked out of TLS, and those that can't be talked into it, share the address.
 */
export class FrontDoor {
  readonly http: HttpServer;
  private tls?: TlsServer;
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly servers: readonly Server[],
    private readonly timeouts: Timeouts,
  ) {
    this.http = createHttpServer({
      headersTimeout: timeouts.headersMs,
      requestTimeout: timeouts.requestMs,
      connectionsCheckingInterval: timeouts.checkMs,
    });
    // It gets its connections from here. Without this event it would not look at their timeouts.
    this.http.emit('listening');
    for (const server of servers) {
      server.on('connection', (socket) => this.admit(socket));
    }
  }

  /** Listens on the loopback addresses. Throws StartError if the port is taken on one of them. Port 0 is any free one. */
  static async open(port: number, timeouts = TIMEOUTS): Promise<FrontDoor> {
    return new FrontDoor(await listenOnLoopback(port), timeouts);
  }

  get port(): number {
    return portOf(this.servers[0]!);
  }

  /** Until it is called, connections with TLS are turned away. */
  speakTls({ cert, key }: Certificate): void {
    const handshakeTimeout = this.timeouts.tlsHandshakeMs;
    this.tls = createTlsServer({ cert, key, ALPNProtocols: ['http/1.1'], handshakeTimeout });
    this.tls.on('secureConnection', (socket) => this.http.emit('connection', socket));
    // A client that does not trust the certificate hangs up in the middle: its own affair. One that takes too long is cut off.
    this.tls.on('tlsClientError', (_, socket) => socket.destroy());
  }

  async close(): Promise<void> {
    const closed = Promise.all(this.servers.map(close));
    this.sockets.forEach((socket) => socket.destroy());
    // It has no connections of its own, but the timer of their timeouts.
    this.http.close();
    await closed;
  }

  private admit(socket: Socket): void {
    this.sockets.add(socket);
    socket.once('close', () => this.sockets.delete(socket));
    // Whoever serves the connection hears of its errors as well; until then it just closes.
    socket.on('error', () => socket.destroy());
    const tooLate = setTimeout(() => socket.destroy(), this.timeouts.firstByteMs);
    socket.once('close', () => clearTimeout(tooLate));
    socket.once('data', (first: Buffer) => {
      clearTimeout(tooLate);
      const next = first[0] === TLS_HANDSHAKE ? this.tls : this.http;
      if (!next) {
        socket.destroy();
        return;
      }
      socket.pause();
      socket.unshift(first);
      next.emit('connection', socket);
      // In the next turn, when the server has its own listeners.
      process.nextTick(() => socket.resume());
    });
  }
}

/**
 * Clients that ask for localhost may go to either address, so a stranger must not have the port on the other one.
 * Where there is no IPv6, none can.
 */
async function listenOnLoopback(port: number): Promise<Server[]> {
  for (;;) {
    const server = await listen(port, '127.0.0.1');
    try {
      return [server, await listen(portOf(server), '::1')];
    } catch (error) {
      if (error instanceof CannotListen && isWithoutIpv6(error)) {
        return [server];
      }
      await close(server);
      // A port of the system's choice is free on one address and may be taken on the other.
      if (port !== 0 || !(error instanceof CannotListen && error.code === 'EADDRINUSE')) {
        throw error;
      }
    }
  }
}

class CannotListen extends StartError {
  constructor(
    readonly code: string | undefined,
    message: string,
  ) {
    super(message);
  }
}

function isWithoutIpv6({ code }: CannotListen): boolean {
  return code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT';
}

async function listen(port: number, address: string): Promise<Server> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', ({ code, message }: NodeJS.ErrnoException) =>
      reject(
        code === 'EADDRINUSE'
          ? new CannotListen(code, `Port ${port} is taken. Stop what listens there, or choose another with --port.`)
          : new CannotListen(code, `Can't listen on port ${port}: ${message}`),
      ),
    );
    server.listen(port, address, resolve);
  });
  return server;
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

async function close(server: Server): Promise<void> {
  await new Promise((resolve) => server.close(resolve));
}
