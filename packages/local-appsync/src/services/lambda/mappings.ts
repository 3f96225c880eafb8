import type { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { Unsupported } from '../../cloudformation/unsupported';
import type { Deployment, Resource } from '../../cloudformation/deployment';
import { compileFilters } from './event-source/filter';
import { failureDestination } from './failure-destination';
import { QueueMapping, type QueueMappingDependencies } from './queue-source/queue-mapping';
import { type CheckpointStore, StreamMapping, type StreamMappingDefinition } from './event-source/stream-mapping';
import type { Functions } from './functions';
import type { Policies } from '../iam/policy';
import type { Queues } from '../sqs/queues';
import type { Writes } from '../dynamodb/engine/writes';
import type { StreamArns } from '../dynamodb/tables';

export interface MappingSurroundings {
  functions: Functions;
  /** By role ARN. */
  policies: ReadonlyMap<string, Policies>;
  streams: DynamoDBStreamsClient;
  streamArns: StreamArns;
  /** Tell when streams are worth a look. */
  writes: Writes;
  checkpoints: CheckpointStore;
  queues: Queues;
  log: (line: string) => void;
}

/** The event source mappings of a deployment. */
export interface Mappings {
  /** Resolves when each stands at its position: what is written from now on will be delivered. */
  start(): Promise<void>;
  /** Resolves once all that is in the streams now has been handled. */
  caughtUp(): Promise<void>;
  stop(): Promise<void>;
}

/** What a function's role needs to follow a stream; Lambda looks when the mapping is made. */
const READ_ACTIONS = ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'];

/** The same for a queue. */
const RECEIVE_ACTIONS = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'];

/** Sets the mappings up without starting them: what is wrong with one is told now. Throws Unsupported. */
export function prepareMappings(deployment: Deployment, surroundings: MappingSurroundings): Mappings {
  const mappings = deployment
    .resources('AWS::Lambda::EventSourceMapping')
    .filter(({ properties }) => properties.Enabled !== false)
    .map((resource) => mapping(resource, deployment, surroundings));
  return {
    start: async () => void (await Promise.all(mappings.map((each) => each.start()))),
    caughtUp: async () => void (await Promise.all(mappings.map((each) => each.caughtUp()))),
    stop: async () => void (await Promise.all(mappings.map((each) => each.stop()))),
  };
}

interface Mapping {
  start(): Promise<void>;
  caughtUp(): Promise<void>;
  stop(): Promise<void>;
}

function mapping(resource: Resource, deployment: Deployment, surroundings: MappingSurroundings): Mapping {
  const { functions, policies, streams, streamArns, writes, checkpoints } = surroundings;
  const log = (line: string) => surroundings.log(`${resource.path}: ${line}`);
  const functionName = String(resource.properties.FunctionName);
  functions.find(functionName);
  const lambda = deployment.find(functionName, 'AWS::Lambda::Function')!;
  // A role from outside the assembly may do what nobody here can know.
  const role = policies.get(String(lambda.properties.Role));

  const source = String(resource.properties.EventSourceArn);
  const queue = surroundings.queues.byArn(source);
  if (queue) {
    requireRights(RECEIVE_ACTIONS);
    return queueMapping(resource, { queue, lambda, log, invoke: (payload) => functions.invoke(functionName, payload) });
  }
  const streamArn = streamArns.get(source);
  if (streamArn === undefined) {
    throw new Unsupported(
      resource,
      `only queues of the assembly and streams of its tables are event sources locally, not ${source}`,
    );
  }
  requireRights(READ_ACTIONS);
  const settings = settingsOf(resource);
  // Looked at when it starts; but then it is too late to go on with what ran before.
  compileFilters(settings.filterPatterns);
  return new StreamMapping(
    {
      ...settings,
      streamArn,
      eventSourceArn: source,
      functionArn: String(lambda.physical.attributes.Arn),
    },
    {
      streams,
      checkpoints,
      hurry: writes.bell,
      pollMs: () => writes.pollMs,
      invoke: (payload) => functions.invoke(functionName, payload),
      onDiscard: failureDestination(resource, role, surroundings.queues, log),
      log,
    },
  );

  function requireRights(actions: string[]): void {
    const missing = actions.filter((action) => role?.allows(action, source) === false);
    if (missing.length > 0) {
      throw new Unsupported(resource, `the role of ${lambda.path} lacks ${missing.join(', ')} on ${source}`);
    }
  }
}

/** Lambda, too, refuses a queue whose messages come back before the function has to answer. Throws Unsupported. */
function queueMapping(
  resource: Resource,
  { lambda, ...dependencies }: QueueMappingDependencies & { lambda: Resource },
): QueueMapping {
  const { physical, properties } = resource;
  const { visibilityTimeout } = dependencies.queue.settings;
  const timeout = Number(lambda.properties.Timeout ?? 3);
  if (visibilityTimeout < timeout) {
    throw new Unsupported(
      resource,
      `the queue's visibility timeout of ${visibilityTimeout} seconds is less than the function's timeout of ${timeout}`,
    );
  }
  if (properties.FilterCriteria !== undefined) {
    throw new Unsupported(resource, 'filters of messages are not run locally');
  }
  const responseTypes = (properties.FunctionResponseTypes ?? []) as string[];
  const definition = {
    id: physical.ref,
    batchSize: Number(properties.BatchSize ?? 10),
    reportBatchItemFailures: responseTypes.includes('ReportBatchItemFailures'),
  };
  return new QueueMapping(definition, dependencies);
}

/** The mapping's properties with CloudFormation's defaults for streams. */
function settingsOf({ physical, properties }: Resource): Omit<StreamMappingDefinition, 'streamArn'> {
  const filters = (properties.FilterCriteria as { Filters?: { Pattern: string }[] } | undefined)?.Filters ?? [];
  return {
    id: physical.ref,
    batchSize: Number(properties.BatchSize ?? 100),
    maximumBatchingWindowSeconds: Number(properties.MaximumBatchingWindowInSeconds ?? 0),
    startingPosition: properties.StartingPosition as StreamMappingDefinition['startingPosition'],
    parallelizationFactor: Number(properties.ParallelizationFactor ?? 1),
    maximumRetryAttempts: Number(properties.MaximumRetryAttempts ?? -1),
    maximumRecordAgeSeconds: Number(properties.MaximumRecordAgeInSeconds ?? -1),
    bisectBatchOnFunctionError: properties.BisectBatchOnFunctionError === true,
    reportBatchItemFailures: ((properties.FunctionResponseTypes ?? []) as string[]).includes('ReportBatchItemFailures'),
    filterPatterns: filters.map(({ Pattern }) => Pattern),
  };
}
