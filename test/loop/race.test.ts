import { type DynamoDb, startDynamoDb } from 'local-appsync/dynamodb';
import { FaultyProxy } from '../support/faulty-proxy';
import { COMMENT, CREATE, EVENTS, post, UPDATE } from '../support/http';
import { Inside } from '../support/inside';

/**
 * AppSync may or may not hand over the item that stood in a put's way (B2), so each answer here comes of a put whose
 * condition failed after the decision: the first of two is held before the table until the second has been answered.
 */
describe('of two who are at the same version at once', () => {
  let dynamodb: DynamoDb;
  let proxy: FaultyProxy;
  let system: Inside;
  beforeAll(async () => {
    dynamodb = await startDynamoDb({ log: () => undefined });
    proxy = await FaultyProxy.start();
    proxy.target = dynamodb.endpoint;
    system = await Inside.start({ engine: { endpoint: proxy.url } });
  });
  afterAll(async () => {
    await system?.stop();
    proxy?.stop();
    await dynamodb?.stop();
  });

  const run = (query: string, input: object) => post(system.graphqlUrl, query, { input });
  const versions = async (id: string) =>
    (await post(system.graphqlUrl, EVENTS, { id })).data.ticketEvents!.items.map(({ version }) => version);

  /** Asks twice. The first put of an event waits until the second request is through. */
  async function race(first: () => ReturnType<typeof run>, second: () => ReturnType<typeof run>) {
    const release = new Gate();
    const held = new Gate();
    proxy.fault = async ({ request, body }) => {
      const isPut = request.headers['x-amz-target']?.toString().endsWith('.PutItem') && body.includes('-Events');
      if (isPut && !held.isOpen) {
        held.open();
        await release.opened;
      }
      return undefined;
    };
    const slow = first();
    await held.opened;
    const fast = await second();
    release.open();
    return [await slow, fast] as const;
  }

  test('the slower is told of a version conflict, with the version that the faster came to', async () => {
    await run(CREATE, { id: 'updated', title: 'One' });
    const [slow, fast] = await race(
      () => run(UPDATE, { id: 'updated', title: 'Slow', expectedVersion: 1 }),
      () => run(UPDATE, { id: 'updated', title: 'Fast', expectedVersion: 1 }),
    );
    expect(fast.data.updateTicket).toMatchObject({ version: 2, title: 'Fast' });
    expect(slow.errors).toEqual([
      expect.objectContaining({
        errorType: 'VersionConflict',
        errorInfo: { currentVersion: 2 },
        message: expect.stringContaining('at version 2 ') as string,
      }),
    ]);
    expect(await versions('updated')).toEqual([1, 2]);
  });

  test.each([
    ['an update that expects no version', UPDATE, { title: 'Slow' }],
    ['a comment', COMMENT, { body: 'Slow' }],
  ])('the slower is decided again on what the faster came to: %s', async (what, mutation, input) => {
    const id = `again: ${what}`;
    await run(CREATE, { id, title: 'One' });
    const [slow, fast] = await race(
      () => run(mutation, { id, ...input }),
      () => run(UPDATE, { id, title: 'Fast' }),
    );
    expect(fast.data.updateTicket).toMatchObject({ version: 2, title: 'Fast' });
    expect(Object.values(slow.data)).toEqual([expect.objectContaining({ version: 3 })]);
    expect(await versions(id)).toEqual([1, 2, 3]);
  });

  test('the slower cannot create what the faster has created', async () => {
    const [slow, fast] = await race(
      () => run(CREATE, { id: 'created', title: 'Slow' }),
      () => run(CREATE, { id: 'created', title: 'Fast' }),
    );
    expect(fast.data.createTicket).toMatchObject({ version: 1, title: 'Fast' });
    expect(slow.errors).toEqual([expect.objectContaining({ errorType: 'TicketAlreadyExists', errorInfo: null })]);
  });

  test.each([
    ['a create', 'created-twice', CREATE, { title: 'Twice', tags: ['b', 'A'], description: 'Words' }, [1]],
    ['an update', 'updated-twice', UPDATE, { title: 'Twice', addTags: ['x'], clear: ['DESCRIPTION'] }, [1, 2]],
    ['a comment', 'said-twice', COMMENT, { body: 'Twice' }, [1, 2]],
  ])(
    'the slower gets the answer of the faster if they are one command: %s',
    async (_, id, mutation, input, written) => {
      if (mutation !== CREATE) {
        await run(CREATE, { id, title: 'One', description: 'Words' });
      }
      const command = { ...input, id, commandId: `command of ${id}` };
      const [slow, fast] = await race(
        () => run(mutation, command),
        () => run(mutation, command),
      );
      expect(fast.errors).toBeUndefined();
      expect(slow).toEqual(fast);
      expect(await run(mutation, command)).toEqual(fast);
      expect(await versions(id)).toEqual(written);
    },
  );

  test('the slower is refused if it has the command id of the faster and is another command', async () => {
    await run(CREATE, { id: 'reused', title: 'One' });
    const [slow, fast] = await race(
      () => run(UPDATE, { id: 'reused', title: 'Slow', commandId: 'the same' }),
      () => run(UPDATE, { id: 'reused', title: 'Fast', commandId: 'the same' }),
    );
    expect(fast.data.updateTicket.version).toBe(2);
    expect(slow.errors).toEqual([expect.objectContaining({ errorType: 'CommandIdReused' })]);
  });
});

/** Opens once; whoever waits goes on then. */
class Gate {
  isOpen = false;
  open: () => void = () => undefined;
  readonly opened = new Promise<void>((resolve) => {
    this.open = () => {
      this.isOpen = true;
      resolve();
    };
  });
}
