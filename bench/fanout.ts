import { Command } from 'commander';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { wholeNumber } from '../ops/whole-number';
import { CHANGED, CREATE, post, UPDATE } from '../test/support/http';
import { Subscriber } from '../test/support/subscriber';
import { RunningSystem } from '../test/support/system';

const [sockets, perSocket, changes, paused] = new Command('npm run bench:fanout --')
  .description(
    'Fan-out of the whole loop. A third of the subscriptions is to everything, a third to the ticket that changes, a ' +
      'third to another. Counts what arrives, and reads the memory of the system. No times: the clients run on the ' +
      'same machine.',
  )
  .argument('[sockets]', 'how many', wholeNumber, 1000)
  .argument('[subscriptions]', 'of each socket', wholeNumber, 10)
  .argument('[changes]', 'of the ticket', wholeNumber, 200)
  .argument('[paused]', 'percent of the sockets that read nothing', wholeNumber, 0)
  .showHelpAfterError()
  .parse().processedArgs as [number, number, number, number];
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
  const filters = [{}, { id }, { id: 'another' }];
  let started = 0;
  const all = await inBatches(sockets, async () => {
    const subscriber = await Subscriber.connect(system, WebSocket);
    const heard = await Promise.all(
      Array.from({ length: perSocket }, async () => {
        const filter = filters[(started += 1) % filters.length]!;
        return {
          heard: await subscriber.start<Changed>(CHANGED, filter),
          expected: filter.id === 'another' ? 0 : changes,
        };
      }),
    );
    return { subscriber, heard };
  });
  const hanging = all.slice(0, Math.floor((sockets * paused) / 100));
  hanging.forEach(({ subscriber }) => subscriber.pause());
  const reading = all.slice(hanging.length);
  const subscribed = resident();

  let highest = subscribed;
  const watch = setInterval(() => (highest = Math.max(highest, resident())), 50);
  for (let i = 0; i < changes; i += 1) {
    await post(system.graphqlUrl, UPDATE, { input: { id, title: `Change ${i}` } });
  }
  const heard = reading.flatMap(({ heard: each }) => each);
  await Promise.all(
    heard
      .filter(({ expected }) => expected > 0)
      .map(({ heard: one }) => one.until(({ onTicketChanged }) => onTicketChanged.version === changes + 2)),
  );
  clearInterval(watch);

  const distinct = heard.map(
    ({ heard: one }) => new Set(one.all.map(({ onTicketChanged }) => onTicketChanged.version)),
  );
  const incomplete = heard.filter(({ expected }, i) => distinct[i]!.size !== expected).length;
  const delivered = heard.reduce((sum, { heard: one }) => sum + one.all.length, 0);
  console.log(
    `${sockets} sockets × ${perSocket} subscriptions, ${changes} changes, ${hanging.length} sockets read nothing`,
  );
  console.log(`delivered  ${delivered} of ${heard.reduce((sum, { expected }) => sum + expected, 0)} to the others`);
  console.log(`incomplete ${incomplete} subscriptions`);
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

function mb(kilobytes: number) {
  return `${Math.round(kilobytes / 1024)} MB`;
}

void main();
