import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { findDynoxide } from '../../../../src/services/dynamodb/engine/dynoxide';
import {
  type EngineOptions,
  type Machine,
  NoEngine,
  startEngine,
} from '../../../../src/services/dynamodb/engine/start-engine';
import { launch } from '../../../../src/services/dynamodb/engine/launch';
import { StartError } from '../../../../src/shared/start-error';
import { describeEachEngine, workplace } from '../../../support/engines';

const bare: Machine = {
  dynoxidePackage: '@dynoxide/plan9-mips',
  findDynoxide: () => undefined,
  findDynamoDbLocal: () => 'Java 17 or newer is needed: `java` is Java 11',
};

/** The message of the error that a start on a bare machine ends with. */
async function refusal(options: Partial<EngineOptions>): Promise<string> {
  const error: unknown = await startEngine({ directory: '/nowhere', ...options }, bare).catch((e: unknown) => e);
  expect(error).toBeInstanceOf(NoEngine);
  return (error as NoEngine).message;
}

describe('Where there is no engine', () => {
  test('one line says what to install', async () => {
    const message = await refusal({});
    expect(message).toContain('@dynoxide/plan9-mips is not installed');
    expect(message).toContain('Java 17 or newer is needed: `java` is Java 11');
    expect(message).toContain('--dynamodb-endpoint URL');
    expect(message).not.toContain('\n');
  });

  test('the one asked for says what it lacks, and no other is taken', async () => {
    expect(await refusal({ engine: 'dynoxide' })).toContain('npm install --include=optional');
    expect(await refusal({ engine: 'dynamodb-local' })).toBe(
      'DynamoDB Local was asked for, but Java 17 or newer is needed: `java` is Java 11.',
    );
  });
});

describeEachEngine('A running engine', (name) => {
  const { directory, start } = workplace();

  test('serves as the remote of another start, which leaves it running', async () => {
    const { endpoint } = await start(name, directory());
    const remote = await startEngine({ endpoint, directory: '/nowhere' }, bare);
    expect(remote).toMatchObject({ name: 'remote', endpoint });
    await remote.stop();
    expect((await startEngine({ endpoint, directory: '/nowhere' }, bare)).endpoint).toBe(endpoint);
  }, 30_000);

  test('has made its folder: other engines and a remote refuse it and name this one, which takes it again', async () => {
    const made = directory();
    const engine = await startEngine({ engine: name, directory: made });
    const other = name === 'dynoxide' ? 'dynamodb-local' : 'dynoxide';
    // Nothing of it would start: who is refused has touched nothing.
    const both: Machine = {
      ...bare,
      findDynoxide: () => '/nowhere/dynoxide',
      findDynamoDbLocal: () => ({ java: '/nowhere/java', home: '/nowhere' }),
    };
    for (const wanted of [{ engine: other }, { endpoint: engine.endpoint }] as const) {
      const refused = startEngine({ ...wanted, directory: made }, both);
      await expect(refused).rejects.toThrow(StartError);
      await expect(refused).rejects.toThrow(`${made} holds data of ${name}, which `);
      await expect(refused).rejects.toThrow(`Use ${name} (--engine ${name}), or another folder (--data DIR).`);
    }
    await engine.stop();
    await (await startEngine({ engine: name, directory: made })).stop();
  }, 60_000);
});

test('a remote that does not answer is named', async () => {
  const { port, free } = await takenPort();
  await free();
  const endpoint = `http://127.0.0.1:${port}`;
  await expect(startEngine({ endpoint, directory: '/nowhere' }, bare)).rejects.toThrow(
    `No DynamoDB answers at ${endpoint}`,
  );
});

const withDynoxide = findDynoxide() === undefined ? test.skip : test;

describe('Unless told otherwise', () => {
  const { directory } = workplace();
  withDynoxide('dynoxide is the choice where it is installed', async () => {
    const engine = await startEngine({ directory: directory() });
    expect(engine.name).toBe('dynoxide');
    await engine.stop();
  });
});

describe('Launching', () => {
  const script = (code: string) => ({ command: 'sh', args: () => ['-c', code] });

  test('a port that somebody else took meanwhile is given up for another', async () => {
    const { port: taken, free } = await takenPort();
    const ports: number[] = [];
    const server = (port: number) =>
      `require('http').createServer((_, answer) => answer.end()).listen(${port}, '127.0.0.1')`;
    const engine = await launch({
      name: 'dynoxide',
      command: process.execPath,
      args: (port) => ['-e', server(ports.push(port) === 1 ? taken : port)],
      answers: async (endpoint) => (await fetch(endpoint)).ok,
    });
    expect(ports).toHaveLength(2);
    expect(engine.endpoint).toBe(`http://127.0.0.1:${ports[1]}`);
    await engine.stop();
    await free();
  });

  test('an engine that ends at once is told with its last words, and not tried again', async () => {
    let starts = 0;
    const failing = launch({
      name: 'dynoxide',
      command: 'sh',
      args: () => [`-c`, `starts=${++starts}; echo "disk is full" >&2; exit 7`],
      answers: () => Promise.resolve(false),
    });
    await expect(failing).rejects.toThrow(/^dynoxide ended with code 7 \(sh\):\ndisk is full$/);
    expect(starts).toBe(1);
  });

  test('one that lives but does not answer is stopped after the patience, and says what came back', async () => {
    const silent = launch({
      name: 'dynoxide',
      ...script('sleep 600'),
      answers: () => Promise.reject(new Error('connection refused')),
      patienceMs: 50,
    });
    await expect(silent).rejects.toThrow('dynoxide did not answer within 0.05 s: connection refused');
  });
});

/** A port that somebody listens on. */
async function takenPort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    free: async () => {
      server.close();
      await once(server, 'close');
    },
  };
}
