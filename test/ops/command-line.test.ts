import { DeleteItemCommand, DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { DescribeStreamCommand, GetRecordsCommand, GetShardIteratorCommand } from '@aws-sdk/client-dynamodb-streams';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDeployment } from '../../ops/deployment';
import { historyOf } from '../../ops/histories';
import { exportOf } from './export-file';
import { RunningSystem } from '../support/system';

const ROOT = join(__dirname, '..', '..');

interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

function ops(...args: string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile('node', ['--import', 'tsx', 'ops/main.ts', ...args], { cwd: ROOT }, (error, stdout, stderr) =>
      resolve({ code: (error as { code?: number } | null)?.code ?? 0, stdout, stderr }),
    );
  });
}

describe('npm run ops', () => {
  const data = mkdtempSync(join(tmpdir(), 'ops-'));
  let system: RunningSystem;
  beforeAll(async () => (system = await RunningSystem.start({ data })));
  afterAll(async () => {
    await system?.stop();
    rmSync(data, { recursive: true });
  });

  /** What Lambda writes of a batch of one event, the first of a ticket, that it gave up on. */
  async function letterOf(ticketId: string): Promise<string> {
    const { dynamodb, streams, events } = openDeployment({ data });
    const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName: events }));
    const StreamArn = Table!.LatestStreamArn!;
    const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn }));
    const ShardId = StreamDescription!.Shards![0]!.ShardId!;
    const { ShardIterator } = await streams.send(
      new GetShardIteratorCommand({ StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' }),
    );
    const { Records } = await streams.send(new GetRecordsCommand({ ShardIterator }));
    const record = Records!.find(({ dynamodb }) => dynamodb!.Keys!.ticketId!.S === ticketId)!;
    const number = record.dynamodb!.SequenceNumber;
    const batch = { streamArn: StreamArn, shardId: ShardId, startSequenceNumber: number, endSequenceNumber: number };
    return JSON.stringify({ DDBStreamBatchInfo: batch });
  }

  test('loads and verifies the local system, tells of what is wrong, and mends it', async () => {
    expect(await ops('--data', data, 'load', '--tickets', '5')).toMatchObject({ code: 0, stderr: '' });
    const well = await ops('--data', data, 'verify');
    expect(well).toMatchObject({ code: 0, stdout: expect.stringMatching(/ 5 tickets: no difference\.\n$/) as string });

    const { dynamodb, view } = openDeployment({ data });
    const Key = { ticketId: { S: 'load-1-3' }, row: { S: 'ticket' } };
    await dynamodb.send(new DeleteItemCommand({ TableName: view, Key }));
    const { code, stdout } = await ops('--data', data, '--json', 'verify', '--patience', '0');
    const [difference, result] = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
    expect(code).toBe(1);
    expect(difference).toMatchObject({ ticketId: 'load-1-3', kind: 'missing row' });
    expect(result).toMatchObject({ tickets: 5, differences: 1, repaired: 0 });

    expect(await ops('--data', data, 'verify', '--repair', '--patience', '0')).toMatchObject({ code: 0 });
    expect(await ops('--data', data, 'verify')).toMatchObject({ code: 0 });
  });

  test('redrives a dead letter: looks first, hands over then, and finds no other', async () => {
    await ops('--data', data, 'load', '--tickets', '1', '--seed', '9');
    const { sqs, deadLetters } = openDeployment({ data });
    await sqs.send(new SendMessageCommand({ QueueUrl: deadLetters, MessageBody: await letterOf('load-9-0') }));

    const looked = await ops('--data', data, 'redrive', '--dry-run');
    expect(looked).toMatchObject({ code: 0, stderr: '' });
    expect(looked.stdout).toMatch(/: load-9-0 1; kept\n1 letters with 1 events; 1 stay in the queue\.\n$/);
    const redriven = await ops('--data', data, 'redrive');
    expect(redriven).toMatchObject({ code: 0, stderr: '' });
    expect(redriven.stdout).toMatch(/: load-9-0 1; done\n1 letters with 1 events; 0 stay in the queue\.\n$/);
    expect(await ops('--data', data, 'redrive')).toEqual({
      code: 0,
      stderr: '',
      stdout: '0 letters with 0 events; 0 stay in the queue.\n',
    });
  });

  test('tells of a file that the log contradicts in one line', async () => {
    const [event] = historyOf(1, 0);
    const file = exportOf([{ ...event, ticketId: 'load-9-0', ticket: { ...event!.ticket, id: 'load-9-0' } }]);
    for (const args of [['--dry-run'], []]) {
      const { code, stdout, stderr } = await ops('--data', data, 'import', file, ...args);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toMatch(/^\S+, line 1: the log has another event as version 1 of load-9-0\. .*\n$/);
    }
  });

  test.each<[string, string[], RegExp]>([
    ['a command that there is none of', ['fly'], /unknown command 'fly'/],
    ['a number that is none', ['load', '--tickets', 'many'], /Expected a whole number/],
    ['a system that is not there', ['--data', join(data, 'nothing'), 'verify'], /No system runs .* npm start/],
    ['outputs that are not there', ['--outputs', join(data, 'nothing'), 'verify'], /cdk deploy --all --outputs-file/],
    ['outputs of something else', ['--outputs', 'package.json', 'verify'], /has no output Region/],
    ['outputs that are no JSON', ['--outputs', 'README.md', 'verify'], /is no JSON/],
    ['a file that is there already', ['--data', data, 'export', 'README.md'], /is there already/],
    ['a file that is not there', ['--data', data, 'import', 'nothing'], /Can't read nothing/],
  ])('refuses %s in a line, with exit code 2', async (_, args, message) => {
    const { code, stderr, stdout } = await ops(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});
