import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import sqlite from 'node-sqlite3-wasm';
import { tablesClient } from '../../../../src/services/dynamodb/engine/clients';
import { findDynoxide } from '../../../../src/services/dynamodb/engine/dynoxide';
import { createIndexedFile } from '../../../../src/services/dynamodb/engine/sequence-index';
import { ensureTable } from '../../../../src/services/dynamodb/engine/tables';
import { workplace } from '../../../support/engines';

/** What dynoxide 1.2.1 asks for each stream record that it writes, each page that it reads, each DescribeStream. */
const NEXT_SEQUENCE =
  'SELECT COALESCE(MAX(CAST(sequence_number AS INTEGER)), 0) + 1 FROM _stream_records WHERE table_name = ?1';
const PAGE_OF_STREAM =
  'SELECT event_name FROM _stream_records WHERE table_name = ?1 AND shard_id = ?2 ' +
  'AND CAST(sequence_number AS INTEGER) > ?3 ORDER BY CAST(sequence_number AS INTEGER) ASC LIMIT ?4';
const RANGE_OF_SHARD =
  'SELECT MIN(sequence_number), MAX(sequence_number) FROM _stream_records WHERE table_name = ?1 AND shard_id = ?2';

const withDynoxide = findDynoxide() === undefined ? describe.skip : describe;
const { directory, start } = workplace();

/** Looks into a file that no engine has open. */
function look<T>(file: string, ask: (all: (sql: string) => Record<string, unknown>[]) => T): T {
  const database = new sqlite.Database(file);
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE');
    return ask((sql) => database.all(sql));
  } finally {
    database.close();
  }
}

withDynoxide("dynoxide's file", () => {
  const home = directory();
  const file = join(home, 'dynoxide.db');

  beforeAll(async () => {
    const engine = await start('dynoxide', home);
    const client = tablesClient(engine.endpoint);
    await ensureTable(client, {
      tableName: 'log',
      properties: {
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
      },
    });
    for (let id = 1; id <= 12; id++) {
      await client.send(new PutItemCommand({ TableName: 'log', Item: { id: { S: String(id) } } }));
    }
    client.destroy();
    await engine.stop();
  });

  const planOf = (query: string) =>
    look(file, (all) => all(`EXPLAIN QUERY PLAN ${query}`).map(({ detail }) => String(detail)));

  test('the next sequence number is one look-up in the index, however long the log', () => {
    expect(planOf(NEXT_SEQUENCE)).toEqual([
      'SEARCH _stream_records USING COVERING INDEX sequence_of_table (table_name=?)',
    ]);
  });

  test('reading a stream begins at its place in the index, and needs no sorting', () => {
    expect(planOf(PAGE_OF_STREAM)).toEqual([
      'SEARCH _stream_records USING INDEX sequence_of_table (table_name=? AND <expr>>?)',
    ]);
  });

  test('describing a stream reads the index alone, not the images', () => {
    expect(planOf(RANGE_OF_SHARD)).toEqual([
      'SEARCH _stream_records USING COVERING INDEX sequence_of_table (table_name=?)',
    ]);
  });

  test('the engine numbered its records through it without a gap', () => {
    expect(look(file, (all) => all('SELECT sequence_number FROM _stream_records ORDER BY id'))).toEqual(
      Array.from({ length: 12 }, (_, i) => ({ sequence_number: String(i + 1) })),
    );
  });

  test('nothing else is left beside it', () => {
    expect(readdirSync(home)).toEqual(['dynoxide.db']);
  });
});

describe('Making the file', () => {
  test('where the schema is another, the file is as the engine made it and one line says so', async () => {
    const file = join(directory(), 'engine.db');
    const log: string[] = [];
    const create = (draft: string) => {
      const database = new sqlite.Database(draft);
      database.exec('CREATE TABLE records_of_another_version (id INTEGER)');
      database.close();
      return Promise.resolve();
    };
    await createIndexedFile(file, create, (line) => log.push(line));

    expect(log).toEqual([expect.stringMatching(/without the index on its stream records.*no such table: /)]);
    expect(look(file, (all) => all('SELECT name FROM sqlite_master'))).toEqual([
      { name: 'records_of_another_version' },
    ]);
  });

  test('an engine that cannot make one leaves nothing behind', async () => {
    const home = directory();
    const create = () => Promise.reject(new Error('disk is full'));
    await expect(createIndexedFile(join(home, 'engine.db'), create, () => {})).rejects.toThrow('disk is full');
    expect(readdirSync(home)).toEqual([]);
  });
});
