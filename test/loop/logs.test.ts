import { DeleteItemCommand, ListTablesCommand, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { randomUUID } from 'node:crypto';
import { WebSocket } from 'ws';
import { type DynamoDb, startDynamoDb } from 'local-appsync/dynamodb';
import { create, happened } from '../domain/specification';
import { eventually } from '../support/eventually';
import { CHANGED, COMMENT, CREATE, post, TICKET, UPDATE } from '../support/http';
import { Subscriber } from '../support/subscriber';
import { RunningSystem } from '../support/system';

/** In every text of the tickets, and nowhere else. */
const MARK = `mark-${randomUUID()}`;

describe('what the functions and the system write down', () => {
  let dynamodb: DynamoDb;
  let system: RunningSystem;
  let events: string;

  beforeAll(async () => {
    dynamodb = await startDynamoDb();
    system = await RunningSystem.start({ flags: ['--dynamodb-endpoint', dynamodb.endpoint] });
    const { TableNames } = await dynamodb.client.send(new ListTablesCommand());
    events = TableNames!.find((name) => name.includes('Events'))!;
  });
  afterAll(async () => {
    await system.stop();
    await dynamodb.stop();
  });

  const run = (query: string, variables: Record<string, unknown>) => post(system.graphqlUrl, query, variables);
  /** The fields of the line of a function that has these words. */
  const logged = async (...words: string[]) => {
    const line = await eventually(
      () => Promise.resolve(system.output.find((each) => words.every((word) => each.includes(word)))),
      (found) => found !== undefined,
    );
    return JSON.parse(line!.slice(line!.indexOf('{'))) as unknown;
  };

  test('an event that was changed, and one that was removed, are named by the tripwire', async () => {
    const { id } = (await run(CREATE, { input: { id: 'T1', title: MARK } })).data.createTicket;
    await run(UPDATE, { input: { id, title: `${MARK} again` } });
    const Key = (version: number) => marshall({ ticketId: id, version });
    await dynamodb.client.send(
      new UpdateItemCommand({
        TableName: events,
        Key: Key(1),
        UpdateExpression: 'SET reason = :reason',
        ExpressionAttributeValues: marshall({ ':reason': MARK }),
      }),
    );
    await dynamodb.client.send(new DeleteItemCommand({ TableName: events, Key: Key(2) }));
    const tampered = { level: 'ERROR', message: 'the log of events was tampered with', ticketId: 'T1' };
    expect(await logged('Tripwire', 'MODIFY')).toMatchObject({ ...tampered, eventName: 'MODIFY', version: 1 });
    expect(await logged('Tripwire', 'REMOVE')).toMatchObject({ ...tampered, eventName: 'REMOVE', version: 2 });
  });

  test('hold no text of a ticket, no token and no key, whether things go well or wrong', async () => {
    const { token } = (await (await fetch(`${system.url}/local/token?user=alice`)).json()) as { token: string };
    const subscriber = await Subscriber.connect(system, WebSocket);
    const heard = await subscriber.start<{ onTicketChanged: { version: number } }>(CHANGED);

    const texts = { title: MARK, description: MARK, assignee: MARK };
    const { id } = (await run(CREATE, { input: { ...texts, tags: [MARK.slice(0, 40)] } })).data.createTicket;
    await run(COMMENT, { input: { id, body: MARK } });
    await run(UPDATE, { input: { id, title: `${MARK} again`, reason: MARK } });
    await heard.until(({ onTicketChanged }) => onTicketChanged.version === 3);
    subscriber.close();

    // Refused by the rules, by a condition, by the schema, by the parser, and for who asks.
    await run(UPDATE, { input: { id, title: MARK.repeat(10) } });
    await run(UPDATE, { input: { id, title: MARK, expectedVersion: 1 } });
    await run(UPDATE, { input: { id, expectedVersion: MARK } });
    await run(`{ ${MARK} `, {});
    const asAlice = {
      method: 'POST',
      headers: { authorization: token },
      body: JSON.stringify({ query: TICKET, variables: { id } }),
    };
    await fetch(system.graphqlUrl, asAlice);
    const forged = `${token.slice(0, -10)}${MARK.slice(-10)}`;
    await fetch(system.graphqlUrl, { ...asAlice, headers: { authorization: forged } });

    // What the projector can't read.
    const [event] = happened([create({ ticketId: 'T2', title: MARK })]);
    await dynamodb.client.send(
      new PutItemCommand({ TableName: events, Item: marshall({ ...event, type: 'TicketTeleported' }) }),
    );
    expect(await logged('Projector', 'T2')).toMatchObject({
      level: 'ERROR',
      message: 'cannot read the event',
      error: 'UnreadableEvent: T2 version 1: unknown type "TicketTeleported"',
    });

    const said = system.output.filter((line) => !line.startsWith('API key')).join('\n');
    for (const secret of [MARK.slice(0, 20), token, forged, token.split('.')[2]!, 'da2-local']) {
      expect(said).not.toContain(secret);
    }
  });
});
