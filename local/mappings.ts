import type { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { appendFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Unsupported } from './appsync/definition';
import type { Deployment, Resource } from './cloudformation/deployment';
import { type CheckpointStore, StreamMapping, type StreamMappingDefinition } from './event-source/stream-mapping';
import type { Functions } from './functions';

export interface MappingSurroundings {
  streams: DynamoDBStreamsClient;
  functions: Functions;
  checkpoints: CheckpointStore;
  /** The folder for what mappings give up on. */
  discarded: string;
  log(line: string): void;
}

/** The event source mappings of a deployment. */
export interface Mappings {
  /** Resolves once all that is in the streams now has been handled. */
  caughtUp(): Promise<void>;
  stop(): Promise<void>;
}

export async function startMappings(deployment: Deployment, surroundings: MappingSurroundings): Promise<Mappings> {
  const mappings = deployment
    .resources('AWS::Lambda::EventSourceMapping')
    .filter(({ properties }) => properties.Enabled !== false)
    .map((resource) => mapping(resource, surroundings));
  await Promise.all(mappings.map((started) => started.start()));
  return {
    caughtUp: async () => void (await Promise.all(mappings.map((started) => started.caughtUp()))),
    stop: async () => void (await Promise.all(mappings.map((started) => started.stop()))),
  };
}

function mapping(resource: Resource, { streams, functions, checkpoints, discarded, log }: MappingSurroundings) {
  const definition = mappingDefinition(resource);
  const functionName = String(resource.properties.FunctionName);
  functions.find(functionName);
  return new StreamMapping(definition, {
    streams,
    checkpoints,
    invoke: (payload) => functions.invoke(functionName, payload),
    // In place of a queue: a line a batch, beside the data.
    onDiscard: async (metadata) => {
      await mkdir(discarded, { recursive: true });
      await appendFile(join(discarded, `${definition.id}.jsonl`), `${JSON.stringify(metadata)}\n`);
      log(`${resource.path} gave up on a batch: see ${discarded}`);
    },
    log: (line) => log(`${resource.path}: ${line}`),
  });
}

/** The mapping's properties with CloudFormation's defaults for streams. */
function mappingDefinition(resource: Resource): StreamMappingDefinition {
  const { properties } = resource;
  const source = String(properties.EventSourceArn);
  if (!/^arn:[^:]*:dynamodb:.*\/stream\//.test(source)) {
    throw new Unsupported(resource, `only DynamoDB streams are event sources locally, not ${source}`);
  }
  const filters = (properties.FilterCriteria as { Filters?: { Pattern: string }[] } | undefined)?.Filters ?? [];
  return {
    id: resource.physical.ref,
    streamArn: source,
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
