import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sqlite from 'node-sqlite3-wasm';
import { createEmptyDatabase } from '../../../../src/services/dynamodb/engine/empty-database';
import { workplace } from '../../../support/engines';

const { directory } = workplace();

/** An engine that is a file, and makes databases with the one table that counts. */
function engine() {
  const home = directory();
  const binary = join(home, 'engine');
  const cache = join(home, 'cache', 'deep');
  writeFileSync(binary, 'one');
  let made = 0;
  const create = (columns: string) => (draft: string) => {
    made += 1;
    const database = new sqlite.Database(draft);
    database.exec(`CREATE TABLE _stream_records (${columns})`);
    database.close();
    return Promise.resolve();
  };
  const logged: string[] = [];
  return {
    home,
    binary,
    cache,
    logged,
    made: () => made,
    create: (name: string, columns = 'table_name, sequence_number, shard_id') =>
      createEmptyDatabase(join(home, name), binary, create(columns), (line) => logged.push(line), cache),
  };
}

test('the engine makes the first database, and the others are copies of it', async () => {
  const { home, create, made, cache } = engine();
  await create('a.db');
  await create('b.db');
  await create('c.db');
  expect(made()).toBe(1);
  expect(readFileSync(join(home, 'b.db')).includes('sequence_of_table')).toBe(true);
  expect(readFileSync(join(home, 'c.db'))).toEqual(readFileSync(join(home, 'a.db')));
  expect(readdirSync(cache)).toHaveLength(1);
});

test('another engine makes its own', async () => {
  const { binary, create, made } = engine();
  await create('a.db');
  writeFileSync(binary, 'another');
  await create('b.db');
  expect(made()).toBe(2);
});

test('a database without the index is not kept', async () => {
  const { create, made, logged } = engine();
  await create('a.db', 'other');
  await create('b.db', 'other');
  expect(made()).toBe(2);
  expect(logged.join()).toContain('without the index');
});

test('a cache that cannot be written, or read, costs time and nothing else', async () => {
  const { home, create, made } = engine();
  writeFileSync(join(home, 'cache'), 'a file, where a folder should be');
  await create('a.db');
  await create('b.db');
  expect(made()).toBe(2);
  expect(readFileSync(join(home, 'b.db')).includes('sequence_of_table')).toBe(true);
  expect(readdirSync(home).filter((name) => name.includes(String(process.pid)))).toEqual([]);
});
