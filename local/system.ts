import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { buildApi } from './appsync/build';
import { GraphqlHttp } from './appsync/http';
import { Realtime } from './appsync/realtime';
import { localCertificate } from './certificate';
import { readAssembly } from './cloudformation/assembly';
import { REGION } from './cloudformation/account';
import { Deployment } from './cloudformation/deployment';
import { DataFolder, openDataFolder, openTemporaryFolder } from './data-folder';
import { dataSources } from './data-sources';
import { Endpoint } from './endpoint';
import { type Engine, type EngineOptions, startEngine } from './engine/engine';
import { FileCheckpointStore } from './event-source/checkpoint-store';
import { Functions } from './functions';
import { CredentialIssuer } from './iam/credentials';
import { rolePolicies } from './iam/roles';
import { startMappings } from './mappings';
import { synthesize } from './synthesize';
import { createTables } from './tables';
import { localUserPools } from './user-pools';

export interface SystemOptions {
  /** A synthesized assembly; the app of the working directory is synthesized without it. */
  assembly?: string;
  port: number;
  /** Where the tables live; undefined: nothing is kept. */
  data?: string;
  engine?: EngineOptions['engine'];
  dynamodbEndpoint?: string;
  log: (line: string) => void;
}

/** A deployment that runs on this machine. */
export interface System {
  url: string;
  engine: Engine['name'];
  /** Types of resources that the assembly has and that are not run here. */
  notRun: string[];
  apiKeys: string[];
  /** The file of the certificate that clients with TLS must trust. */
  certificate: string;
  /** Whether `GET /local/token` hands out tokens. */
  hasUserPool: boolean;
  /** Resolves if a part that the system can't do without ends by itself, with a sentence that says which. */
  died: Promise<string>;
  stop(): Promise<void>;
}

const CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' };

/** What is run, understood, or has nothing to do here. */
const KNOWN_TYPES = [
  /^AWS::AppSync::(GraphQLApi|GraphQLSchema|ApiKey|DataSource|Resolver|FunctionConfiguration)$/,
  /^AWS::DynamoDB::(Table|GlobalTable)$/,
  /^AWS::Lambda::(Function|EventSourceMapping|Permission)$/,
  /^AWS::Cognito::(UserPool|UserPoolClient|UserPoolGroup)$/,
  /^AWS::IAM::(Role|Policy|ManagedPolicy)$/,
  /^AWS::Logs::LogGroup$/,
  /^AWS::CDK::Metadata$/,
];

/** Starts everything that the assembly describes, in the order in which each part needs the others. Throws StartError. */
export async function startSystem(options: SystemOptions): Promise<System> {
  // What has been started so far, to be stopped in the opposite order.
  const started: (() => unknown)[] = [];
  const stop = async () => {
    for (const end of started.splice(0).reverse()) {
      await end();
    }
  };
  try {
    return { ...(await start(options, started)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function start(options: SystemOptions, started: (() => unknown)[]): Promise<Omit<System, 'stop'>> {
  const endpoint = await Endpoint.listen(options.port);
  started.push(() => endpoint.close());
  const folder = await openFolder(options.data);
  started.push(() => folder.release());

  const certificate = await localCertificate(folder.keys);
  endpoint.secure(certificate);

  const assembly = options.assembly ?? folder.assembly;
  if (options.assembly === undefined) {
    await synthesize(assembly);
  }
  const deployment = new Deployment(readAssembly(assembly), endpoint.url);

  const engine = await startEngine({
    engine: options.engine,
    endpoint: options.dynamodbEndpoint,
    directory: folder.engine,
  });
  started.push(() => engine.stop());
  const client = new DynamoDBClient({ endpoint: engine.endpoint, region: REGION, credentials: CREDENTIALS });
  const streams = new DynamoDBStreamsClient({ endpoint: engine.endpoint, region: REGION, credentials: CREDENTIALS });
  started.push(
    () => client.destroy(),
    () => streams.destroy(),
  );
  await createTables(deployment, client);

  const credentials = new CredentialIssuer();
  const policies = rolePolicies(deployment);
  const functions = new Functions(deployment, { credentials, policies, engine: engine.endpoint, log: options.log });
  started.push(() => functions.stop());

  const userPools = localUserPools(deployment, folder.keys);
  const running = buildApi(deployment, {
    credentials,
    userPools,
    invokeLambda: (arn, payload) => functions.invoke(arn, payload),
    dataSource: dataSources({ client, functions, policies }),
    log: options.log,
  });
  if (running) {
    const { api, authenticator, userPool } = running;
    endpoint.serve({
      http: new GraphqlHttp(api, authenticator),
      realtime: new Realtime(api, authenticator, { log: options.log }),
      userPool,
    });
  }

  const mappings = await startMappings(deployment, {
    streams,
    functions,
    checkpoints: new FileCheckpointStore(folder.checkpoints),
    discarded: folder.discarded,
    log: options.log,
  });
  started.push(() => mappings.stop());
  await mappings.caughtUp();

  endpoint.ready = true;
  return {
    url: endpoint.url,
    engine: engine.name,
    apiKeys: running?.definition.apiKeys ?? [],
    certificate: certificate.file,
    hasUserPool: running?.userPool !== undefined,
    notRun: [...deployment.types().keys()].filter((type) => !KNOWN_TYPES.some((known) => known.test(type))),
    died: engine.died,
  };
}

async function openFolder(data: string | undefined): Promise<DataFolder> {
  return data === undefined ? openTemporaryFolder() : openDataFolder(data);
}
