import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DynamoDb, startDynamoDb } from 'local-appsync/dynamodb';
import { openDeployment } from '../../ops/deployment';
import { verify } from '../../ops/verify';
import { eventually } from '../support/eventually';
import { type Fault, FaultyProxy } from '../support/faulty-proxy';
import { CREATE, post, TICKET, UPDATE } from '../support/http';
import { RunningSystem } from '../support/system';

function error(status: number, type: string): Fault {
  return {
    status,
    body: { __type: `com.amazonaws.dynamodb.v20120810#${type}`, message: 'no' },
  };
}

const THROTTLED = error(400, 'ProvisionedThroughputExceededException');
const FAILED = error(500, 'InternalServerError');

describe('a view table', () => {
  const data = mkdtempSync(join(tmpdir(), 'view-'));
  let dynamodb: DynamoDb;
  let proxy: FaultyProxy;
  let system: RunningSystem;
  beforeAll(async () => {
    dynamodb = await startDynamoDb({ log: () => undefined });
    proxy = await FaultyProxy.start();
    proxy.target = dynamodb.endpoint;
    system = await RunningSystem.start({ data, flags: ['--dynamodb-endpoint', proxy.url] });
  });
  afterAll(async () => {
    await system?.stop();
    proxy?.stop();
    await dynamodb?.stop();
    rmSync(data, { recursive: true });
  });

  /** The n-th write of the view by the projector, from 1. */
  function failWrites(fault: (n: number) => Fault | undefined): () => number {
    let writes = 0;
    proxy.fault = ({ request, body }) => {
      const isWrite = request.headers['x-amz-target']?.toString().endsWith('.PutItem') && body.includes('-View');
      writes += isWrite ? 1 : 0;
      return isWrite ? fault(writes) : undefined;
    };
    return () => writes;
  }

  test.each<[string, (n: number) => Fault | undefined]>([
    ['that throttles', (n) => (n % 3 === 0 ? undefined : THROTTLED)],
    ['that fails', (n) => (n % 2 === 0 ? undefined : FAILED)],
    ['that throttles all for a while', (n) => (n <= 8 ? THROTTLED : undefined)],
    ['that fails all for a while', (n) => (n <= 8 ? FAILED : undefined)],
    ['whose answers get lost', (n) => (n % 2 === 0 ? undefined : 'broken')],
  ])('%s loses nothing, and never goes back', async (what, fault) => {
    const id = `T ${what}`;
    const writes = failWrites(fault);
    const seen: number[] = [];
    let isDone = false;
    const watch = async () => {
      while (!isDone) {
        const { data } = await post(system.graphqlUrl, TICKET, { id });
        if (data.ticket) {
          seen.push(data.ticket.version);
        }
      }
    };
    const watching = watch();
    expect((await post(system.graphqlUrl, CREATE, { input: { id, title: '1' } })).errors).toBeUndefined();
    for (let version = 2; version <= 30; version += 1) {
      const { data } = await post(system.graphqlUrl, UPDATE, { input: { id, title: `${version}` } });
      expect(data.updateTicket.version).toBe(version);
    }
    await eventually(
      () => post(system.graphqlUrl, TICKET, { id }),
      ({ data }) => data.ticket?.version === 30,
      60_000,
    );
    isDone = true;
    await watching;
    expect(writes()).toBeGreaterThan(1);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    proxy.fault = () => undefined;
    expect(await verify(openDeployment({ data }))).toMatchObject({ differences: 0 });
  });
});
