import { DescribeTableCommand, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DynamoDb, ensureTable, startDynamoDb, type TableProperties } from '../../src/api/dynamodb';
import { runs } from '../support/processes';

const POSTS: TableProperties = {
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
  StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
};
const Item = { id: { S: '1' } };

function silent(): void {}

async function itemOf({ client }: DynamoDb): Promise<unknown> {
  return (await client.send(new GetItemCommand({ TableName: 'posts', Key: Item }))).Item;
}

/** Where an engine keeps its data, as its command line says. */
function folderOf({ pid }: DynamoDb): string {
  const { stdout } = spawnSync('ps', ['-ww', '-o', 'args=', '-p', String(pid)], { encoding: 'utf8' });
  return /\S*\/dynamodb-[^/\s]+/.exec(stdout)![0];
}

describe('a DynamoDB for tests', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kept-dynamodb-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  test('has tables as a template describes them, and leaves no process and no file', async () => {
    const dynamodb = await startDynamoDb({ log: silent });
    await ensureTable(dynamodb.client, { tableName: 'posts', properties: POSTS });
    const { Table } = await dynamodb.client.send(new DescribeTableCommand({ TableName: 'posts' }));
    expect(Table).toMatchObject({ KeySchema: POSTS.KeySchema, StreamSpecification: { StreamEnabled: true } });
    const made = folderOf(dynamodb);
    expect(existsSync(made)).toBe(true);

    await dynamodb.stop();
    await dynamodb.stop();
    expect(runs(dynamodb.pid)).toBe(false);
    expect(existsSync(made)).toBe(false);
  });

  test('keeps its data in a folder that it is given', async () => {
    const first = await startDynamoDb({ directory: folder, log: silent });
    await ensureTable(first.client, { tableName: 'posts', properties: POSTS });
    await first.client.send(new PutItemCommand({ TableName: 'posts', Item }));
    await first.stop();
    const second = await startDynamoDb({ directory: folder, log: silent });
    expect(await itemOf(second)).toEqual(Item);
    await second.stop();
  });
});
