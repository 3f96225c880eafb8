/**
 * Fan-out of the whole loop: many sockets with many subscriptions each, all of which hear of every change. Counts what
 * arrives, and reads the memory of the system. No times: the clients run on the same machine.
 *
 *   npm run bench:fanout -- [sockets] [subscriptions a socket] [changes]
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { CHANGED, CREATE, post, UPDATE } from '../test/support/http';
import { Subscriber } from '../test/support/subscriber';
import { RunningSystem } from '../test/support/system';

const [sockets = 1000, perSocket = 10, changes = 200] = process.argv.slice(2).map(Number);
const IN_FLIGHT = 50;

interface Changed {
  onTicketChanged: { id: string; version: number };
}

async function main(): Promise<void> {
  const assembly = join(tmpdir(), 'bench-assembly');
  execFileSync('npx', ['cdk', 'synth', '--quiet', '--output', assembly], { stdio: 'pipe' });
  const system = await RunningSystem.start({ assembly });
  const resident = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${system.process.pid}/status`, 'utf8'))![1]);

  const { data } = await post(system.graphqlUrl, CREATE, { input: { title: 'Fan-out' } });
  const id = data.createTicket.id;
  // Its own push is not to be counted.
  const first = await Subscriber.connect(system, WebSocket);
  const early = await first.start<Changed>(CHANGED);
  await post(system.graphqlUrl, UPDATE, { input: { id, title: 'Ready' } });
  await early.until(({ onTicketChanged }) => onTicketChanged.version === 2);
  first.close();
  const idle = resident();
  const all = await inBatches(sockets, async () => {
    const subscriber = await Subscriber.connect(system, WebSocket);
    const heard = await Promise.all(Array.from({ length: perSocket }, () => subscriber.start<Changed>(CHANGED)));
    return { subscriber, heard };
  });
  const subscribed = resident();

  let highest = subscribed;
  const watch = setInterval(() => (highest = Math.max(highest, resident())), 50);
  for (let i = 0; i < changes; i += 1) {
    await post(system.graphqlUrl, UPDATE, { input: { id, title: `Change ${i}` } });
  }
  const heard = all.flatMap(({ heard: each }) => each);
  await Promise.all(heard.map((one) => one.until(({ onTicketChanged }) => onTicketChanged.version === changes + 2)));
  clearInterval(watch);

  const versions = heard.map((one) => new Set(one.all.map(({ onTicketChanged }) => onTicketChanged.version)));
  const missing = versions.filter((seen) => Array.from({ length: changes }, (_, i) => i + 3).some((v) => !seen.has(v)));
  console.log(`${sockets} sockets × ${perSocket} subscriptions, ${changes} changes`);
  console.log(`delivered  ${heard.reduce((sum, one) => sum + one.all.length, 0)} of ${heard.length * changes}`);
  console.log(`incomplete ${missing.length} subscriptions`);
  console.log(`memory     ${mb(idle)} idle, ${mb(subscribed)} subscribed, ${mb(highest)} at the highest`);
  all.forEach(({ subscriber }) => subscriber.close());
  await system.stop();
}

async function inBatches<T>(count: number, make: () => Promise<T>): Promise<T[]> {
  const made: T[] = [];
  while (made.length < count) {
    made.push(...(await Promise.all(Array.from({ length: Math.min(IN_FLIGHT, count - made.length) }, make))));
  }
  return made;
}

const mb = (kilobytes: number) => `${Math.round(kilobytes / 1024)} MB`;

void main();
