import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ResourceTemplate } from '../../../src/cloudformation/assembly';
import { streamsClient } from '../../../src/services/dynamodb/engine/clients';
import { Writes } from '../../../src/services/dynamodb/engine/writes';
import { CredentialIssuer } from '../../../src/services/iam/credentials';
import { rolePolicies } from '../../../src/services/iam/roles';
import { MemoryCheckpointStore } from '../../../src/services/lambda/event-source/checkpoint-store';
import { Functions } from '../../../src/services/lambda/functions';
import { prepareMappings } from '../../../src/services/lambda/mappings';
import { declareQueues } from '../../../src/services/sqs/declare-queues';
import { Queues } from '../../../src/services/sqs/queues';
import { deploymentOf } from '../../cloudformation/deployments';

const folder = mkdtempSync(join(tmpdir(), 'mappings-'));
afterAll(() => rmSync(folder, { recursive: true }));

const STREAM = 'arn:aws:dynamodb:us-east-1:000000000000:table/Things/stream/1';
const QUEUE = { 'Fn::GetAtt': ['Work', 'Arn'] };
const SQS_ACTIONS = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'];
const STREAM_ACTIONS = ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'];

interface Choices {
  mapping?: Record<string, unknown>;
  queue?: Record<string, unknown>;
  function?: Record<string, unknown>;
  actions?: string[];
}

/** Sets a mapping up, on a queue unless another source is given, as a deployment does. */
function prepare({ mapping, queue, function: changes, actions = [...SQS_ACTIONS, ...STREAM_ACTIONS] }: Choices): void {
  const statement = { Effect: 'Allow', Action: actions, Resource: '*' };
  const Resources: Record<string, ResourceTemplate> = {
    Work: { Type: 'AWS::SQS::Queue', Properties: { ...queue } },
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: { Policies: [{ PolicyName: 'P', PolicyDocument: { Statement: [statement] } }] },
    },
    F: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Runtime: 'nodejs22.x',
        Handler: 'index.handler',
        Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
        Code: { ZipFile: 'exports.handler = async () => {};' },
        ...changes,
      },
    },
    Mapping: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: { EventSourceArn: QUEUE, FunctionName: { Ref: 'F' }, ...mapping },
    },
  };
  const log = () => undefined;
  const deployment = deploymentOf({ Resources });
  const queues = new Queues(mkdtempSync(join(folder, 'queues-')), log);
  const writes = new Writes({ log });
  const streams = streamsClient('http://127.0.0.1:1');
  try {
    declareQueues(deployment, queues);
    const policies = rolePolicies(deployment);
    const credentials = new CredentialIssuer();
    const functions = new Functions(deployment, { credentials, policies, variables: {}, scratch: folder, log });
    const streamArns = new Map([[STREAM, STREAM]]);
    const checkpoints = new MemoryCheckpointStore();
    prepareMappings(deployment, { functions, policies, streams, streamArns, writes, checkpoints, queues, log });
  } finally {
    writes.close();
    streams.destroy();
    queues.close();
  }
}

test.each<[string, Choices]>([
  ['a queue', {}],
  [
    'a queue whose visibility timeout is the function’s timeout',
    { queue: { VisibilityTimeout: 7 }, function: { Timeout: 7 } },
  ],
  ['a stream', { mapping: { EventSourceArn: STREAM, StartingPosition: 'LATEST' } }],
  ['what it does not follow yet', { mapping: { EventSourceArn: 'arn:aws:kinesis:x', Enabled: false } }],
])('a function follows %s', (_, choices) => {
  expect(() => prepare(choices)).not.toThrow();
});

test.each<[string, Choices, string]>([
  [
    'a queue whose messages come back before the function has to answer',
    { queue: { VisibilityTimeout: 5 }, function: { Timeout: 6 } },
    "the queue's visibility timeout of 5 seconds is less than the function's timeout of 6",
  ],
  [
    'one by the defaults, which are 30 and 3 seconds',
    { function: { Timeout: 31 } },
    "the queue's visibility timeout of 30 seconds is less than the function's timeout of 31",
  ],
  [
    'a queue by filters',
    { mapping: { FilterCriteria: { Filters: [{ Pattern: '{"body":["a"]}' }] } } },
    'filters of messages are not run locally',
  ],
  [
    'a queue that its role may not read',
    { actions: ['sqs:ReceiveMessage'] },
    'lacks sqs:DeleteMessage, sqs:GetQueueAttributes on arn:aws:sqs:us-east-1:000000000000:Main-Work',
  ],
  [
    'a stream that its role may not read',
    { mapping: { EventSourceArn: STREAM }, actions: ['dynamodb:GetRecords'] },
    `lacks dynamodb:DescribeStream, dynamodb:GetShardIterator on ${STREAM}`,
  ],
  [
    'a stream by filters that Lambda does not know',
    { mapping: { EventSourceArn: STREAM, FilterCriteria: { Filters: [{ Pattern: 'not JSON' }] } } },
    'not JSON',
  ],
  [
    'a source of another service',
    { mapping: { EventSourceArn: 'arn:aws:kinesis:us-east-1:000000000000:stream/s' } },
    'only queues of the assembly and streams of its tables are event sources locally',
  ],
  ['what it is not there for', { mapping: { FunctionName: 'nobody' } }, 'There is no Lambda function nobody'],
])('a function can’t follow %s', (_, choices, message) => {
  expect(() => prepare(choices)).toThrow(message);
});
