import { type Semantics, SEMANTICS_NAMES, semanticsOf, type SemanticsName } from '../appsync-js/quirks/semantics';
import { appsync } from '../services/appsync';
import { cognito } from '../services/cognito';
import { dynamodb } from '../services/dynamodb';
import { iam } from '../services/iam';
import type { PolicyStatement } from '../services/iam/policy';
import { sqs } from '../services/sqs';
import { StartError } from '../shared/start-error';
import { startSystem, type System } from '../system/system';
import { tracerOf } from '../services/appsync/trace/tracer';

export { StartError } from '../shared/start-error';
export type { SemanticsName } from '../appsync-js/quirks/semantics';
export type { PolicyStatement } from '../services/iam/policy';

/** What to run, and how. Everything but the app has a default. */
export interface LocalAppSyncOptions {
  /** A folder that `cdk synth` wrote. */
  assembly?: string;
  /** In place of an assembly: the folder of a CDK app, with its cdk.json, or a CDK `App`. Default: the working directory. */
  app?: string | { synth(): { directory: string } };
  /** The folder where data is kept. Default: nothing is kept. */
  data?: string;
  /** The port on the loopback addresses. Default: any free one. */
  port?: number;
  /** Origins of pages that may call, besides those of this machine: `https://app.example`. Default: none. */
  allowOrigins?: string[];
  /** Names that are answered to, besides localhost and the loopback addresses: `app.test`. Default: none. */
  allowHosts?: string[];
  /** Whether the GraphQL API answers pages of any origin, as on AWS. Default: false. */
  corsAny?: boolean;
  /** The DynamoDB engine, or the address of a DynamoDB that runs already. Default: the first engine that is installed. */
  engine?: 'dynoxide' | 'dynamodb-local' | { endpoint: string };
  /** How resolver code is read. Default: `appsync`. */
  semantics?: SemanticsName;
  /** Whether code is refused that AppSync's type check and lint would refuse. Default: true. */
  typeCheck?: boolean;
  /** Whether changes of the app's sources are followed. Default: false. */
  watch?: boolean;
  /** A folder of pages to serve beside the API. */
  web?: string;
  /** Follow each request, as text or as JSON, on stderr. */
  trace?: 'text' | 'json';
  /** Hears each line that the system and its functions log. Default: stderr. */
  log?: (line: string) => void;
  /** Calls the start off. */
  signal?: AbortSignal;
}

/** Temporary credentials, as the AWS SDKs take them. */
export interface AwsCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
}

/** A CDK app that runs on this machine. */
export interface LocalAppSync extends AsyncDisposable {
  /** Of the GraphQL endpoint: `http://127.0.0.1:41234/graphql`. */
  readonly url: string;
  /** Of the realtime endpoint: `ws://127.0.0.1:41234/graphql/realtime`. */
  readonly realtimeUrl: string;
  readonly apiKeys: string[];
  /** Variables that make any AWS SDK talk to this machine. */
  readonly environment: Record<string, string>;
  /** The outputs of each stack by their logical ids, as `cdk deploy --outputs-file` writes them. */
  readonly outputs: Record<string, Record<string, string>>;
  /** Types of resources that the app has and that are not run. */
  readonly notRun: string[];
  /** The DynamoDB engine that runs. */
  readonly engine: 'dynoxide' | 'dynamodb-local' | 'remote';
  /** Files for other programs: the certificate that TLS clients must trust, and what `environment` and `outputs` hold. */
  readonly files: { certificate: string; environment: string; outputs: string };
  /** Whether `token` has a user pool to ask. */
  readonly hasUserPool: boolean;
  /** Whether the app has queues. */
  readonly hasQueues: boolean;
  /** Resolves if a part without which nothing works ends by itself, with a sentence that says which. */
  readonly died: Promise<string>;
  /** An access token of the app's user pool for a user of this name. Rejects if the app has no user pool. */
  token(user: { user: string; groups?: string[] }): Promise<string>;
  /**
   * Credentials of a role of the app, by its logical id, name or ARN; of somebody who may do what the statements allow;
   * or of an administrator. Rejects if the app has no such role.
   */
  credentials(role?: string | PolicyStatement[]): Promise<AwsCredentials>;
  /** Resolves once everything that is in the tables' streams now has been handled by the functions. */
  caughtUp(): Promise<void>;
  /** Ends everything that was started. May be called again. */
  stop(): Promise<void>;
}

/**
 * Starts a CDK app with an AppSync API on this machine. Rejects with StartError for what a person can put right;
 * nothing is left running then. Several can run side by side.
 */
export async function startLocalAppSync(options: LocalAppSyncOptions = {}): Promise<LocalAppSync> {
  const { assembly, app, engine, port = 0, semantics, trace, signal, typeCheck = true, ...rest } = options;
  if (assembly !== undefined && app !== undefined) {
    throw new StartError('Name an assembly or an app, not both.');
  }
  const { log = (line) => void process.stderr.write(`${line}\n`) } = options;
  const system = await startSystem({
    ...rest,
    ...(typeof app === 'object' ? { assembly: app.synth().directory } : { assembly, app }),
    ...(typeof engine === 'object' ? { dynamodbEndpoint: engine.endpoint } : { engine }),
    port,
    semantics: semantics === undefined ? undefined : semanticsNamed(semantics),
    tracer: tracerOf(trace),
    typeCheck,
    log,
    signal: signal ?? new AbortController().signal,
  });
  return new RunningApp(system);
}

/** Throws StartError. */
function semanticsNamed(name: string): Semantics {
  const semantics = semanticsOf(name);
  if (!semantics) {
    throw new StartError(`semantics is ${SEMANTICS_NAMES.join(', ')}, not ${name}.`);
  }
  return semantics;
}

/** Reads what is asked for when it is asked for: with `watch`, one deployment follows another. */
class RunningApp implements LocalAppSync {
  readonly url: string;
  readonly realtimeUrl: string;

  constructor(private readonly system: System) {
    this.url = `${system.url}/graphql`;
    this.realtimeUrl = `${this.url.replace(/^http/, 'ws')}/realtime`;
  }

  get apiKeys() {
    return this.system.live.deployed.of(appsync).apiKeys;
  }

  get environment() {
    return this.system.environment;
  }

  get outputs() {
    return this.system.live.outputs;
  }

  get notRun() {
    return this.system.live.notRun;
  }

  get engine() {
    return this.system.live.deployed.of(dynamodb).engine;
  }

  get files() {
    return this.system.files;
  }

  get hasUserPool() {
    return this.system.live.deployed.of(cognito).issuer !== undefined;
  }

  get hasQueues() {
    return this.system.live.deployed.of(sqs).queues.all().length > 0;
  }

  get died() {
    return this.system.died;
  }

  async token({ user: username, groups = [] }: { user: string; groups?: string[] }): Promise<string> {
    const pool = this.system.live.deployed.of(cognito).issuer;
    if (!pool) {
      throw new Error('The app has no AWS::Cognito::UserPool, so there is nobody to hand out tokens.');
    }
    return pool.token({ username, groups });
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- what is thrown is a rejection
  async credentials(role: string | PolicyStatement[] = ADMINISTRATOR): Promise<AwsCredentials> {
    const { assumer } = this.system.live.deployed.of(iam);
    return typeof role === 'string' ? assumer.role(role) : assumer.outsider(role);
  }

  caughtUp(): Promise<void> {
    return this.system.live.deployed.caughtUp();
  }

  stop(): Promise<void> {
    return this.system.stop();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }
}

const ADMINISTRATOR: PolicyStatement[] = [{ Effect: 'Allow', Action: '*', Resource: '*' }];
