import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import type { Tracer } from '../services/appsync/execution/tracing';
import { REGION } from '../cloudformation/account';
import type { DataFolder } from './data-folder';
import { streamsClient, tablesClient } from '../services/dynamodb/engine/clients';
import { type Engine, type EngineOptions, startEngine } from '../services/dynamodb/engine/engine';
import { bellOfWrites } from '../services/dynamodb/engine/writes';
import type { Bell } from '../shared/bell';
import { type CheckpointStore, FileCheckpointStore } from '../services/lambda/event-source/checkpoint-store';
import { CredentialIssuer } from '../services/iam/credentials';
import type { Parts } from '../shared/parts';
import type { Semantics } from '../appsync-js/quirks/semantics';
import { Queues } from '../services/sqs/queues';

/** What a deployment finds on this machine in place of AWS. */
export interface Services {
  engine: Engine;
  client: DynamoDBClient;
  streams: DynamoDBStreamsClient;
  /** Rings when the client has written. */
  writes: Bell;
  credentials: CredentialIssuer;
  checkpoints: CheckpointStore;
  queues: Queues;
  /** A folder for what need not be kept. */
  scratch: string;
  /** Where keys are kept that outlive a restart. */
  keys: string;
  /** Follows each request. */
  tracer?: Tracer;
  /** How resolver code is read; default: as AppSync is reported to. */
  semantics?: Semantics;
  log: (line: string) => void;
}

export interface ServicesOptions {
  tracer?: Tracer;
  semantics?: Semantics;
  engine?: EngineOptions['engine'];
  dynamodbEndpoint?: string;
  log: (line: string) => void;
}

/** Throws StartError. */
export async function startServices(options: ServicesOptions, folder: DataFolder, parts: Parts): Promise<Services> {
  const engine = await startEngine({
    engine: options.engine,
    endpoint: options.dynamodbEndpoint,
    directory: folder.engine,
  });
  parts.add(() => engine.stop());
  const client = tablesClient(engine.endpoint, REGION);
  parts.add(() => client.destroy());
  const streams = streamsClient(engine.endpoint, REGION);
  parts.add(() => streams.destroy());
  const queues = new Queues(folder.queues);
  parts.add(() => queues.close());
  return {
    engine,
    client,
    streams,
    writes: bellOfWrites(client),
    credentials: new CredentialIssuer(),
    checkpoints: new FileCheckpointStore(folder.checkpoints),
    queues,
    scratch: folder.scratch,
    keys: folder.keys,
    tracer: options.tracer,
    semantics: options.semantics,
    log: options.log,
  };
}
