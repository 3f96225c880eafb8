import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { exportLog } from '../../ops/export';
import { historyOf } from '../../ops/histories';
import { importLog } from '../../ops/import';
import { load } from '../../ops/load';
import { rebuild } from '../../ops/rebuild';
import { verify } from '../../ops/verify';
import { withView } from '../../ops/view-table';
import { ProductTables } from '../support/product-tables';
import { deploymentOf } from './deployment';

const folder = mkdtempSync(join(tmpdir(), 'log-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('a load', () => {
  test('is the same for the same seed, and another for another', () => {
    const ids = [0, 1, 2, 3, 4, 5];
    const histories = (seed: number) => ids.map((n) => historyOf(seed, n));
    expect(histories(7)).toEqual(histories(7));
    const facts = (seed: number) => histories(seed).map((events) => events.map(({ data }) => data));
    expect(facts(7)).not.toEqual(facts(8));
  });

  test('has histories of one to nine events, with everything that can happen in them', () => {
    const histories = Array.from({ length: 500 }, (_, n) => historyOf(1, n));
    const lengths = new Set(histories.map(({ length }) => length));
    expect([...lengths].sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const types = new Set(histories.flat().map(({ type }) => type));
    expect(types).toEqual(new Set(['TicketCreated', 'TicketUpdated', 'TicketCommented']));
    const statuses = new Set(histories.map((events) => events.at(-1)!.ticket.status));
    expect(statuses.size).toBe(5);
  });
});

describe('the log', () => {
  let source: ProductTables;
  let target: ProductTables;
  const file = join(folder, 'log.jsonl');
  const exportTo = async (name: string) => {
    const output = createWriteStream(name);
    const events = await exportLog(deploymentOf(source), output);
    output.end();
    await finished(output);
    return events;
  };
  beforeAll(async () => {
    source = await ProductTables.start('dynoxide');
    target = await ProductTables.start('dynoxide');
    await load(deploymentOf(source), { tickets: 40, seed: 1 });
    await exportTo(file);
  });
  afterAll(async () => {
    await source?.stop();
    await target?.stop();
  });

  test('is loaded once, however often', async () => {
    const { events } = await load(deploymentOf(source), { tickets: 40, seed: 1, dryRun: true });
    expect(await load(deploymentOf(source), { tickets: 40, seed: 1 })).toEqual({
      tickets: 40,
      events,
      alreadyThere: events,
    });
  });

  test('comes out and goes in as it is, once', async () => {
    const { events } = await importLog(deploymentOf(target), file, { dryRun: true });
    expect(await importLog(deploymentOf(target), file)).toEqual({ events, tickets: 40, alreadyThere: 0 });
    expect(await importLog(deploymentOf(target), file)).toEqual({ events, tickets: 40, alreadyThere: events });
    await rebuild(deploymentOf(target));
    expect(await verify(deploymentOf(target))).toMatchObject({ events, tickets: 40, differences: 0 });
  });

  test('is not written over what is there', async () => {
    const other = await ProductTables.start('dynoxide');
    try {
      const lines = readFileSync(file, 'utf8').split('\n');
      const event = JSON.parse(lines[0]!) as { commandId: string };
      await other.write('events', [{ ...event, commandId: 'another' }]);
      await expect(importLog(deploymentOf(other), file)).rejects.toThrow(/has another event as version 1/);
    } finally {
      await other.stop();
    }
  });

  const lines = () => readFileSync(file, 'utf8').trimEnd().split('\n');
  test.each<[string, (lines: string[]) => string[], RegExp]>([
    ['without its end', (all) => all.slice(0, -1), /ends without the last line/],
    ['with a line less', (all) => [...all.slice(1)], /versions? .* missing|not what was exported/],
    [
      'with a changed line',
      (all) => [all[0]!.replace('"at":"20', '"at":"21'), ...all.slice(1)],
      /line 1: .* version 1/,
    ],
    [
      'with a word changed',
      (all) => all.map((line) => line.replace('"reason":null', '"reason":"x"')),
      /not what was exp/,
    ],
    ['with something behind its end', (all) => [...all, '{}'], /nothing may follow/],
    ['with a line that is no JSON', (all) => ['nonsense', ...all], /line 1 is no JSON/],
    ['with a line that is no event', (all) => ['{"a":1}', ...all], /line 1 is no event/],
    ['with a ticket torn apart', (all) => [...all.slice(0, -1), all[0]!, all.at(-1)!], /are not together/],
  ])('%s is refused, and nothing is written', async (_, spoil, message) => {
    const spoiled = join(folder, 'spoiled.jsonl');
    writeFileSync(spoiled, `${spoil(lines()).join('\n')}\n`);
    const empty = await ProductTables.start('dynoxide');
    try {
      await expect(importLog(deploymentOf(empty), spoiled)).rejects.toThrow(message);
      expect(await verify(deploymentOf(empty))).toMatchObject({ events: 0 });
    } finally {
      await empty.stop();
    }
  });

  test('fills a view beside the view', async () => {
    await source.create('beside', 'View');
    const beside = await withView(deploymentOf(source), 'beside');
    const { events } = await rebuild(beside);
    expect(await verify(beside)).toMatchObject({ events, differences: 0 });
    await expect(withView(deploymentOf(source), 'events')).rejects.toThrow(/has the key ticketId HASH, version RANGE/);
    await expect(withView(deploymentOf(source), 'nowhere')).rejects.toThrow(/There is no table nowhere/);
  });

  test('leaves everything as it is in a dry run', async () => {
    await source.create('untouched', 'View');
    const untouched = await withView(deploymentOf(source), 'untouched');
    expect(await rebuild(untouched, { dryRun: true })).toMatchObject({ tickets: 40 });
    const { tickets, differences } = await verify(untouched, { patience: 0 });
    expect(tickets).toBe(40);
    expect(differences).toBeGreaterThanOrEqual(40);
  });
});
