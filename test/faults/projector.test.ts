import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { openDeployment } from '../../ops/deployment';
import { redrive } from '../../ops/redrive';
import { verify } from '../../ops/verify';
import { ProjectorAssembly } from '../support/assembly';
import { eventually } from '../support/eventually';
import { FaultyProxy } from '../support/faulty-proxy';
import { CHANGED, COMMENT, CREATE, post, TICKET, UPDATE } from '../support/http';
import { type Heard, Subscriber } from '../support/subscriber';
import { RunningSystem } from '../support/system';

interface Changed {
  onTicketChanged: { id: string; version: number };
}

const folder = mkdtempSync(join(tmpdir(), 'projector-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What a test works with: a system, somebody who mutates, and somebody who listens. */
class World {
  private constructor(
    readonly system: RunningSystem,
    readonly heard: Heard<Changed>,
    private readonly subscriber: Subscriber,
  ) {}

  static async start(options: Parameters<typeof RunningSystem.start>[0]): Promise<World> {
    const system = await RunningSystem.start(options);
    const subscriber = await Subscriber.connect(system, WebSocket);
    return new World(system, await subscriber.start(CHANGED), subscriber);
  }

  async stop(): Promise<void> {
    this.subscriber.close();
    await this.system.stop();
  }

  /** The version that the mutation came to. */
  async mutate(query: string, input: object): Promise<number> {
    const { data, errors } = await post(this.system.graphqlUrl, query, { input });
    expect(errors).toBeUndefined();
    return Object.values(data as unknown as Record<string, { version: number }>)[0]!.version;
  }

  viewed(id: string, version: number) {
    return eventually(
      () => post(this.system.graphqlUrl, TICKET, { id }),
      ({ data }) => data.ticket?.version === version,
    );
  }

  told(id: string, version: number) {
    return this.heard.until(({ onTicketChanged }) => onTicketChanged.id === id && onTicketChanged.version === version);
  }
}

test('what the projector can not read holds up nothing else, and is projected once it can', async () => {
  const data = join(folder, 'poison');
  // The projector as it was before there were comments.
  const old = new ProjectorAssembly().replaceCode(/,TicketCommented:!0/, '');
  let world = await World.start({ data, assembly: old.folder });
  try {
    await world.mutate(CREATE, { id: 'poisoned', title: 'Poisoned' });
    await world.mutate(COMMENT, { id: 'poisoned', body: 'What is this?' });
    await world.mutate(UPDATE, { id: 'poisoned', title: 'Later' });
    await world.mutate(CREATE, { id: 'other', title: 'Other' });
    await world.viewed('poisoned', 3);
    await world.viewed('other', 1);

    const { sqs, deadLetters } = openDeployment({ data });
    const letter = await eventually(
      () => sqs.send(new ReceiveMessageCommand({ QueueUrl: deadLetters, VisibilityTimeout: 0, WaitTimeSeconds: 1 })),
      ({ Messages = [] }) => Messages.length > 0,
      90_000,
    );
    expect(JSON.parse(letter.Messages![0]!.Body!)).toEqual({
      requestContext: expect.objectContaining({ condition: 'RetryAttemptsExhausted' }),
      responseContext: expect.anything(),
      version: '1.0',
      timestamp: expect.any(String),
      DDBStreamBatchInfo: expect.objectContaining({ batchSize: 1, streamArn: expect.stringContaining('/stream/') }),
    });
    expect(letter.Messages![0]!.Body).not.toContain('What is this?');
    // Nobody waits for what can't be read.
    await world.mutate(UPDATE, { id: 'other', title: 'Still fine' });
    await world.told('other', 2);
    expect(await redrive(openDeployment({ data }))).toEqual({ letters: 1, events: 1, kept: 1 });
  } finally {
    await world.stop();
    old.remove();
  }

  world = await World.start({ data });
  try {
    const deployment = openDeployment({ data });
    expect(await verify(deployment, { patience: 0 })).toMatchObject({ differences: 1 });
    expect(await redrive(deployment)).toEqual({ letters: 1, events: 1, kept: 0 });
    await world.told('poisoned', 2);
    expect(await verify(deployment)).toMatchObject({ differences: 0 });
    expect(await redrive(deployment)).toEqual({ letters: 0, events: 0, kept: 0 });
  } finally {
    await world.stop();
  }
}, 240_000);

describe('an API that does not take what is published', () => {
  let proxy: FaultyProxy;
  let assembly: ProjectorAssembly;
  let world: World;
  const data = join(folder, 'publish');
  beforeAll(async () => {
    proxy = await FaultyProxy.start();
    assembly = new ProjectorAssembly().replaceVariable('API_URL', `${proxy.url}/graphql`);
    world = await World.start({ data, assembly: assembly.folder });
    proxy.target = world.system.url;
  });
  afterAll(async () => {
    await world?.stop();
    proxy.stop();
    assembly.remove();
  });

  test.each<[string, FaultyProxy['fault']]>([
    ['as it is not there', () => 'broken'],
    ['as it fails', () => ({ status: 500, body: { errors: [{ errorType: 'InternalFailure' }] } })],
    [
      'as it says in an answer that is well',
      () => ({ status: 200, body: { data: null, errors: [{ message: 'no' }] } }),
    ],
  ])('%s, holds up no merge, and hears of each change when it is back', async (what, fault) => {
    let refused = 0;
    proxy.fault = (passing) => {
      refused += 1;
      return fault(passing);
    };
    const ids = ['one', 'two', 'three'].map((id) => `${id} ${what}`);
    for (const id of ids) {
      await world.mutate(CREATE, { id, title: id });
    }
    await world.viewed(ids[0]!, 1);
    await world.mutate(UPDATE, { id: ids[0]!, title: 'Again' });
    await eventually(
      () => Promise.resolve(refused),
      (count) => count >= 3,
    );
    proxy.fault = () => undefined;
    await Promise.all([world.told(ids[0]!, 1), world.told(ids[0]!, 2), world.told(ids[1]!, 1), world.told(ids[2]!, 1)]);
    expect(await verify(openDeployment({ data }))).toMatchObject({ differences: 0 });
  });

  test('one change that it refuses delays no other, becomes a dead letter, and is told once that is redriven', async () => {
    const { sqs, deadLetters } = openDeployment({ data });
    const letters = (WaitTimeSeconds: number) =>
      sqs.send(new ReceiveMessageCommand({ QueueUrl: deadLetters, VisibilityTimeout: 0, WaitTimeSeconds }));
    const refuse = { status: 200, body: { data: null, errors: [{ errorType: 'Refused' }] } };
    let refused = 0;
    proxy.fault = ({ body }) => {
      const isRefused = body.includes('"id":"refused"');
      refused += isRefused ? 1 : 0;
      return isRefused ? refuse : undefined;
    };
    await world.mutate(CREATE, { id: 'refused', title: 'Refused' });
    await eventually(
      () => Promise.resolve(refused),
      (tries) => tries > 0,
    );
    const others = ['a', 'b', 'c'].map((name) => `beside ${name}`);
    for (const id of others) {
      await world.mutate(CREATE, { id, title: id });
    }
    await Promise.all(others.map((id) => world.told(id, 1)));
    // It is still being tried.
    expect((await letters(0)).Messages ?? []).toEqual([]);
    // Its own next change, too.
    await world.mutate(UPDATE, { id: 'refused', title: 'Again' });
    await world.viewed('refused', 2);
    await eventually(
      () => letters(1),
      ({ Messages = [] }) => Messages.some(({ Body }) => Body === '{"ticketId":"refused","version":1}'),
      30_000,
    );
    proxy.fault = () => undefined;
    expect(await redrive(openDeployment({ data }))).toMatchObject({ kept: 0 });
    await world.told('refused', 1);
    await world.told('refused', 2);
    expect(await verify(openDeployment({ data }))).toMatchObject({ differences: 0 });
  });

  test('kill -9 of the projector between merge and publish: the retry publishes', async () => {
    let attempts = 0;
    proxy.fault = async () => {
      attempts += 1;
      if (attempts > 1) {
        return undefined;
      }
      // The row is there, and its change is on the way: now.
      await world.viewed('killed', 1);
      expect(killFunctions(world.system)).toBeGreaterThan(0);
      return 'broken';
    };
    await world.mutate(CREATE, { id: 'killed', title: 'Killed' });
    await world.told('killed', 1);
    expect(attempts).toBeGreaterThan(1);
    expect(world.system.output.join('\n')).toMatch(/signal: killed/);
  });
});

/** Ends the processes in which functions run; how many there were. */
function killFunctions({ process: { pid } }: RunningSystem): number {
  const { stdout } = spawnSync('ps', ['-o', 'pid=,args=', '--ppid', String(pid)], { encoding: 'utf8' });
  const functions = stdout.split('\n').filter((line) => line.includes('bootstrap'));
  functions.forEach((line) => process.kill(Number.parseInt(line, 10), 'SIGKILL'));
  return functions.length;
}
