import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord, SQSRecord } from 'aws-lambda';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import type { TicketEvent } from '../../domain/events';
import type * as Projector from '../../functions/project/handler';
import { create, happened, update } from '../domain/specification';

interface Asked {
  /** The service, by what the request asks for. */
  what: string;
  body: Record<string, unknown>;
}

/** DynamoDB, SQS and the API at one address: what they were asked, and what each answers. */
class Aws {
  readonly asked: Asked[] = [];
  answers: Record<string, { status?: number; body: object } | 'none'> = {};
  private readonly server = createServer((request, response) => {
    void (json(request) as Promise<Asked['body']>).then((body) => {
      const what = nameOf(request);
      this.asked.push({ what, body });
      const answer = this.answers[what] ?? { body: {} };
      if (answer !== 'none') {
        response.writeHead(answer.status ?? 200, { 'content-type': 'application/x-amz-json-1.0' });
        response.end(JSON.stringify(answer.body));
      }
    });
  });

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  named(what: string) {
    return this.asked.filter((asked) => asked.what === what).map(({ body }) => body);
  }
}

/** Such as PutItem or SendMessage; the API is asked for nothing in its headers. */
function nameOf({ headers }: IncomingMessage): string {
  return headers['x-amz-target']?.toString().split('.').at(-1) ?? 'publish';
}

const events = happened([create({ ticketId: 'T1' }), update({ ticketId: 'T1', title: 'Two' })]) as [
  TicketEvent,
  TicketEvent,
];
const records = events.map((event): DynamoDBRecord => ({
  eventName: 'INSERT',
  dynamodb: { NewImage: marshall(event) as never, SequenceNumber: String(event.version) },
}));
const context = { getRemainingTimeInMillis: () => 30_000 };

/** As in a new process: what it is to work with is in its environment. */
function load(): typeof Projector {
  let projector!: typeof Projector;
  jest.isolateModules(() => (projector = jest.requireActual<typeof Projector>('../../functions/project/handler')));
  return projector;
}

describe('the projector as Lambda runs it', () => {
  let aws: Aws;
  let handler: (typeof Projector)['handler'];
  let lines: Record<string, unknown>[];
  const before = { ...process.env };
  beforeAll(async () => {
    aws = new Aws();
    const url = await aws.start();
    Object.assign(process.env, {
      ...{ AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'A', AWS_SECRET_ACCESS_KEY: 'S', AWS_SESSION_TOKEN: 'T' },
      ...{ AWS_ENDPOINT_URL: url, AWS_LAMBDA_FUNCTION_NAME: 'Project', API_URL: `${url}/graphql` },
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      ...{ VIEW_TABLE: 'View', EVENTS_TABLE: 'Events' },
      ...{ REFUSED_QUEUE: `${url}/0/refused`, DEAD_LETTERS_QUEUE: `${url}/0/dead` },
    });
    ({ handler } = load());
  });
  beforeEach(() => {
    aws.asked.length = 0;
    aws.answers = {};
    lines = [];
    jest.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(JSON.parse(String(line)) as never) > 0);
  });
  afterEach(() => jest.restoreAllMocks());
  afterAll(() => {
    process.env = before;
    aws.stop();
  });

  test('merges into the view that is named, publishes to the API that is named, and tells the lag of each event', async () => {
    const now = jest.spyOn(Date, 'now').mockReturnValue(Date.parse(events[1].at) + 70);
    expect(await handler({ Records: records }, context)).toEqual({ batchItemFailures: [] });
    now.mockRestore();
    expect(aws.named('PutItem')).toEqual([expect.objectContaining({ TableName: 'View' })]);
    expect(aws.named('publish')).toHaveLength(2);
    expect(lines).toEqual([
      expect.objectContaining({
        level: 'INFO',
        FunctionName: 'Project',
        ProjectionLag: [expect.any(Number), 70],
        _aws: expect.objectContaining({
          CloudWatchMetrics: [expect.objectContaining({ Namespace: 'EventDrivenTickets' })],
        }) as object,
      }),
    ]);
  });

  test('tells no lag where nothing was merged', async () => {
    await handler({ Records: [{ eventName: 'REMOVE', dynamodb: { SequenceNumber: '1' } }] }, context);
    expect(lines).toEqual([expect.objectContaining({ level: 'ERROR', message: 'cannot read the event' })]);
  });

  test('sends what the API refuses to the queue for that, and publishes it from there', async () => {
    aws.answers.publish = { body: { data: null, errors: [{ errorType: 'Nope' }] } };
    expect(await handler({ Records: records.slice(0, 1) }, context)).toEqual({ batchItemFailures: [] });
    const [{ QueueUrl, MessageBody }] = aws.named('SendMessage') as [{ QueueUrl: string; MessageBody: string }];
    expect(QueueUrl).toMatch(/\/refused$/);
    delete aws.answers.publish;
    aws.answers.GetItem = { body: { Item: marshall(events[0]) } };
    const letter = { messageId: 'm', body: MessageBody } as SQSRecord;
    expect(await handler({ Records: [letter] }, context)).toEqual({ batchItemFailures: [] });
    expect(aws.named('GetItem')).toEqual([
      expect.objectContaining({ TableName: 'Events', Key: { ticketId: { S: 'T1' }, version: { N: '1' } } }),
    ]);
    expect(aws.named('publish')).toHaveLength(2);
  });

  test('sends what stays refused to the dead letters, within its time', async () => {
    aws.answers.publish = { status: 400, body: { errors: [{ errorType: 'Nope' }] } };
    aws.answers.GetItem = { body: { Item: marshall(events[0]) } };
    const letter = { messageId: 'm', body: '{"ticketId":"T1","version":1}' } as SQSRecord;
    const remaining = [12_000, 11_000];
    const late = { getRemainingTimeInMillis: () => remaining.shift() ?? 0 };
    expect(await handler({ Records: [letter] }, late)).toEqual({ batchItemFailures: [] });
    expect(aws.named('publish')).toHaveLength(1);
    expect(aws.named('SendMessage')).toEqual([
      expect.objectContaining({ QueueUrl: expect.stringMatching(/\/dead$/) as string, MessageBody: letter.body }),
    ]);
  });

  test('waits ten seconds for the API, and reports what has no answer by then', async () => {
    const timeout = jest.spyOn(AbortSignal, 'timeout').mockImplementation(() => AbortSignal.abort(new Error('late')));
    aws.answers.publish = 'none';
    expect(await handler({ Records: records.slice(0, 1) }, context)).toEqual({
      batchItemFailures: [{ itemIdentifier: '1' }],
    });
    expect(timeout).toHaveBeenCalledWith(10_000);
  });

  test.each(['VIEW_TABLE', 'API_URL', 'EVENTS_TABLE', 'REFUSED_QUEUE', 'DEAD_LETTERS_QUEUE'])(
    'does not start without %s',
    (name) => {
      jest.replaceProperty(process, 'env', { ...process.env, [name]: undefined });
      expect(load).toThrow(`The environment variable ${name} is missing`);
    },
  );
});
