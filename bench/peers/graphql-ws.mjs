import { makeServer } from 'graphql-ws';
import { createServer } from 'node:http';
import { buildSchema, execute, subscribe } from 'graphql';

// Subscriptions as a GraphQL server without AppSync would have them: graphql-ws over ws, in memory.

const schema = buildSchema(`
  type Query { ok: Boolean }
  type Change { id: ID! version: Int! title: String! }
  type Subscription { changed: Change! }
`);

class Topic {
  listeners = new Set();

  publish(value) {
    this.listeners.forEach((listener) => listener(value));
  }

  async *[Symbol.asyncIterator]() {
    const waiting = [];
    let wake = () => undefined;
    const listener = (value) => (waiting.push(value), wake());
    this.listeners.add(listener);
    try {
      for (;;) {
        if (waiting.length > 0) {
          yield { changed: waiting.shift() };
        } else {
          await new Promise((resolve) => (wake = resolve));
        }
      }
    } finally {
      this.listeners.delete(listener);
    }
  }
}

/** `WebSocketServer` is that of ws. */
export async function graphqlWs(WebSocketServer) {
  const topic = new Topic();
  schema.getSubscriptionType().getFields().changed.subscribe = () => topic[Symbol.asyncIterator]();
  const http = createServer();
  const sockets = new WebSocketServer({ server: http, handleProtocols: () => 'graphql-transport-ws' });
  const server = makeServer({ schema, execute, subscribe });
  sockets.on('connection', (socket, request) => {
    const closed = server.opened(
      {
        protocol: socket.protocol,
        send: async (data) => {
          if (socket.readyState === socket.OPEN) {
            socket.send(data);
          }
        },
        close: (code, reason) => socket.close(code, reason),
        onMessage: (listener) => socket.on('message', (data) => void listener(String(data))),
      },
      { socket, request },
    );
    socket.once('close', (code, reason) => void closed(code, String(reason)));
  });
  await new Promise((resolve) => http.listen(0, '127.0.0.1', resolve));
  return {
    url: `ws://127.0.0.1:${http.address().port}`,
    publish: (change) => topic.publish(change),
    stop: () => {
      sockets.clients.forEach((socket) => socket.terminate());
      http.close();
    },
  };
}
