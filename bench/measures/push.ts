import { once } from 'node:events';
import { type RawData, WebSocket, WebSocketServer } from 'ws';
import { CHANGED, CREATE, post, UPDATE } from '../../test/support/http';
import { Subscriber } from '../../test/support/subscriber';
import type { GraphqlWs } from '../peers';
import { interleave, type Measured } from '../rounds';
import type { World } from '../world';

const CHANGES = 20;

/**
 * From the answer of a mutation until the last of the subscribers has heard, in ms; the same frame sent by `ws` to as many
 * sockets; graphql-ws with a schema of one field, in one process and without a log, a stream or a view behind it.
 */
export async function push(world: World, graphqlWs: GraphqlWs, subscribers: number): Promise<Measured> {
  const id = `push-${subscribers}`;
  await post(world.system.graphqlUrl, CREATE, { input: { id, title: 'Pushed' } });
  await world.settled(id, 1);
  const ours = await Promise.all(
    Array.from({ length: subscribers }, async () => {
      const subscriber = await Subscriber.connect(world.system, WebSocket);
      return { subscriber, heard: await subscriber.start<{ onTicketChanged: { version: number } }>(CHANGED, { id }) };
    }),
  );
  const heard = ours.map(({ heard }) => heard);
  const floor = await broadcast(subscribers);
  const peer = await graphqlWsClients(graphqlWs, subscribers);
  const all: number[] = [];
  const spreads = await interleave(5, {
    subject: async () => {
      const times: number[] = [];
      for (let i = 0; i < CHANGES; i += 1) {
        const { data } = await post(world.system.graphqlUrl, UPDATE, { input: { id, title: `${Math.random()}` } });
        const answered = performance.now();
        const { version } = data.updateTicket;
        await Promise.all(heard.map((one) => one.until(({ onTicketChanged }) => onTicketChanged.version === version)));
        times.push(performance.now() - answered);
        heard.forEach((one) => one.all.splice(0));
      }
      all.push(...times);
      return median(times);
    },
    floor: () => timesOf(floor.send, floor.heard),
    peer: () => timesOf(() => graphqlWs.publish({ id, version: 1, title: 'x' }), peer.heard),
  });
  ours.forEach(({ subscriber }) => subscriber.close());
  floor.stop();
  peer.stop();
  const isCrowd = subscribers >= 1_000;
  const sorted = all.sort((a, b) => a - b);
  return {
    ...spreads,
    name: `push to ${subscribers.toLocaleString('en')}`,
    ...{ unit: 'ms', better: 'less', goal: isCrowd ? 'ahead of the peer' : '–' },
    p99: sorted[Math.floor(sorted.length * 0.99)],
    met: !isCrowd || spreads.subject.median < spreads.peer!.median,
  };
}

async function timesOf(send: () => void, heard: () => Promise<void>): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < CHANGES; i += 1) {
    const all = heard();
    const began = performance.now();
    send();
    await all;
    times.push(performance.now() - began);
  }
  return median(times);
}

function median(times: number[]) {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)]!;
}

async function broadcast(count: number) {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  const sockets = await Promise.all(Array.from({ length: count }, () => connect(`ws://127.0.0.1:${port}`)));
  const frame = JSON.stringify({
    type: 'data',
    id: '1',
    payload: { data: { onTicketChanged: { id: 'x'.repeat(300) } } },
  });
  return {
    send: () => server.clients.forEach((socket) => socket.send(frame)),
    heard: () => next(sockets),
    stop: () => {
      sockets.forEach((socket) => socket.terminate());
      server.close();
    },
  };
}

async function graphqlWsClients({ url }: GraphqlWs, count: number) {
  const sockets = await Promise.all(
    Array.from({ length: count }, async () => {
      const socket = await connect(url, 'graphql-transport-ws');
      const acknowledged = once(socket, 'message');
      socket.send(JSON.stringify({ type: 'connection_init' }));
      await acknowledged;
      const payload = { query: 'subscription { changed { id version title } }' };
      socket.send(JSON.stringify({ type: 'subscribe', id: '1', payload }));
      return socket;
    }),
  );
  // It tells nobody when a subscription has begun: a ping comes back after what was sent before it.
  await Promise.all(
    sockets.map((socket) => {
      const answered = once(socket, 'message');
      socket.send(JSON.stringify({ type: 'ping' }));
      return answered;
    }),
  );
  return { heard: () => next(sockets), stop: () => sockets.forEach((socket) => socket.terminate()) };
}

async function connect(url: string, protocol?: string): Promise<WebSocket> {
  const socket = new WebSocket(url, protocol);
  await once(socket, 'open');
  return socket;
}

async function next(sockets: WebSocket[]): Promise<void> {
  await Promise.all(sockets.map((socket) => once(socket, 'message') as Promise<[RawData]>));
}
