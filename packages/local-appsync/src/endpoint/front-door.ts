import { createServer as createHttpServer, type Server as HttpServer } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:tls';
import type { Certificate } from './certificate';
import { StartError } from '../shared/start-error';

/** What every TLS connection begins with: the record type of a handshake. */
const TLS_HANDSHAKE = 0x16;

/**
 * One port for HTTP with and without TLS: the first byte of a connection tells which it is. Clients that can't be
 * talked out of TLS, and those that can't be talked into it, share the address.
 */
export class FrontDoor {
  readonly http: HttpServer = createHttpServer();
  private tls?: TlsServer;
  private readonly sockets = new Set<Socket>();

  private constructor(private readonly server: Server) {
    server.on('connection', (socket) => this.admit(socket));
  }

  /** Listens on the loopback address. Throws StartError if the port is taken. Port 0 is any free one. */
  static async open(port: number): Promise<FrontDoor> {
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
    return new FrontDoor(server);
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Until it is called, connections with TLS are turned away. */
  speakTls({ cert, key }: Certificate): void {
    this.tls = createTlsServer({ cert, key, ALPNProtocols: ['http/1.1'] });
    this.tls.on('secureConnection', (socket) => this.http.emit('connection', socket));
    // A client that does not trust the certificate hangs up in the middle: its own affair.
    this.tls.on('tlsClientError', () => undefined);
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.sockets.forEach((socket) => socket.destroy());
    await closed;
  }

  private admit(socket: Socket): void {
    this.sockets.add(socket);
    socket.once('close', () => this.sockets.delete(socket));
    // Whoever serves the connection hears of its errors as well; until then it just closes.
    socket.on('error', () => socket.destroy());
    socket.once('data', (first: Buffer) => {
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
