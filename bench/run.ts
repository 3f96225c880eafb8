import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { Command } from 'commander';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { WebSocketServer } from 'ws';
import { append, castoreTable, updateAt } from './measures/commands';
import { pageAt } from './measures/page';
import { projection, rebuilding } from './measures/projection';
import { push } from './measures/push';
import { realm } from './measures/realm';
import { lambda, start } from './measures/start';
import { loadPeers, type Peers } from './peers';
import { specificationOf, tableOf } from './plot';
import type { Measured } from './rounds';
import { Meter, World } from './world';

// The SDK's word on old versions of Node is for those who maintain this.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

const { quick: isQuick } = new Command('npm run bench --')
  .description("Measures all of the README's table, against the floor and the peers, in one run. Takes minutes.")
  .option('--quick', 'measure less of it, for trying things out')
  .showHelpAfterError()
  .parse()
  .opts<{ quick?: true }>();
const RESULTS = join(__dirname, 'results');
const PLOT = join(__dirname, '..', 'docs', 'images', 'performance.svg');

async function main(): Promise<void> {
  const peers = await loadPeers();
  const measured: Measured[] = [];
  const take = async (measurement: Promise<Measured>) => {
    const one = await measurement;
    measured.push(one);
    const medians = [one.subject, one.floor, one.peer].map((spread) => spread?.median.toPrecision(3) ?? '–');
    console.error(`${one.met ? 'met   ' : 'missed'} ${one.name}: ${medians.join(' · ')} ${one.unit}`);
    return one;
  };
  await take(start());
  await take(realm());
  await commands(peers, take);
  const world = await World.start();
  const graphqlWs = await peers.graphqlWs(WebSocketServer);
  try {
    const table = await world.table('CastoreEvents', 'Events', castoreTable);
    const castore = peers.castore(world.client, table);
    await take(lambda(world.assembly));
    await take(append(world, castore, 32, isQuick ? 160 : 1_000));
    await take(projection(world));
    await take(rebuilding(world, isQuick ? 2_000 : 100_000));
    for (const subscribers of isQuick ? [1, 100] : [1, 1_000]) {
      await take(push(world, graphqlWs, subscribers));
    }
    const short = await take(pageAt(world, 0, 1_000));
    if (!isQuick) {
      await take(pageAt(world, 1_000, 100_000, short));
    }
  } finally {
    graphqlWs.stop();
    await world.stop();
  }
  mkdirSync(RESULTS, { recursive: true });
  const machine = { cpus: cpus().length, model: cpus()[0]?.model, node: process.version };
  const date = new Date().toISOString();
  const name = isQuick ? 'quick' : date.slice(0, 16).replace(':', '');
  writeFileSync(join(RESULTS, `${name}.json`), `${JSON.stringify({ date, machine, measured }, null, 2)}\n`);
  if (!isQuick) {
    writeFileSync(PLOT, await peers.draw(specificationOf(measured)));
  }
  console.log(tableOf(measured));
}

/** The command path alone, as the floor and the peer have it. */
async function commands(peers: Peers, take: (measurement: Promise<Measured>) => Promise<Measured>): Promise<void> {
  const world = await World.start({ projects: false });
  try {
    const table = await world.table('CastoreEvents', 'Events', castoreTable);
    const client = new DynamoDBClient({});
    const meter = new Meter(client);
    const castore = peers.castore(client, table);
    await take(append(world, castore, 1, isQuick ? 40 : 500));
    await take(append(world, castore, 32, isQuick ? 160 : 2_000));
    let atFirst: Measured | undefined;
    for (const length of isQuick ? [10, 100] : [10, 100, 1_000, 10_000]) {
      const one = await take(updateAt(world, castore, meter, length, atFirst));
      atFirst ??= one;
    }
  } finally {
    await world.stop();
  }
}

main().then(
  () => process.exit(),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
