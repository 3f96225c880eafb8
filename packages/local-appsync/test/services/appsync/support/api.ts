import { GraphqlApi, type ApiOptions, type GraphqlAnswer } from '../../../../src/services/appsync/execution/api';
import type { Resolver } from '../../../../src/services/appsync/execution/resolver';
import type { Step } from '../../../../src/services/appsync/execution/step';
import { appsyncSchema } from '../../../../src/services/appsync/execution/schema';
import { Subscriptions } from '../../../../src/services/appsync/realtime/subscriptions';
import { FieldAuthorization } from '../../../../src/services/appsync/auth/directives';
import type { AuthMode, Caller } from '../../../../src/services/appsync/auth/types';
import type { DataSource } from '../../../../src/appsync-js/data-source';
import { NoneDataSource } from '../../../../src/services/appsync/data-sources/none';
import { Realm } from '../../../../src/appsync-js/realm/realm';

export interface StepText {
  /** Body of the request handler; default: a payload of null. */
  request?: string;
  /** Body of the response handler; default: the data source's result. */
  response?: string;
  /** Without code the data source gets the context itself. */
  direct?: boolean;
  dataSource?: DataSource;
  maxBatchSize?: number;
}

export interface ResolverText extends StepText {
  pipeline?: StepText[];
}

export interface ApiText extends Partial<
  Pick<ApiOptions, 'limits' | 'queries' | 'environment' | 'semantics' | 'tracer'>
> {
  sdl: string;
  /** By `Type.field`. */
  resolvers?: Record<string, ResolverText>;
  /** The default mode first. Default: API keys. */
  modes?: [AuthMode, ...AuthMode[]];
}

export interface TestApi {
  api: GraphqlApi;
  /** What the API told its log. */
  logged: string[];
  /** Runs a document as a caller with an API key, unless another is given. */
  run(query: string, variables?: Record<string, unknown>, caller?: Caller): Promise<GraphqlAnswer>;
}

export const anybody: Caller = { mode: 'API_KEY', identity: null, groups: [], deniedFields: [] };

/** An API of a few lines, all in this process. */
export function testApi({ sdl, resolvers = {}, modes = ['API_KEY'], environment = {}, ...options }: ApiText): TestApi {
  const { semantics } = options;
  const realm = new Realm({ semantics });
  const schema = appsyncSchema(sdl);
  const [defaultMode, ...additional] = modes;
  const authorization = new FieldAuthorization(schema, defaultMode, additional);
  const logged: string[] = [];
  const log = (line: string) => void logged.push(line);
  const api = new GraphqlApi({
    arn: 'arn:aws:appsync:us-east-1:000000000000:apis/test',
    schema,
    resolvers: Object.entries(resolvers).map(([coordinate, text]) => resolver(realm, coordinate, text)),
    authorization,
    environment,
    subscriptions: new Subscriptions(schema, authorization, log),
    log,
    ...options,
  });
  const run = (query: string, variables: Record<string, unknown> = {}, caller = anybody) =>
    api.run({ query, variables }, caller, { 'x-test': 'yes', cookie: 'secret' });
  return { api, logged, run };
}

function resolver(realm: Realm, coordinate: string, text: ResolverText): Resolver {
  const [typeName, fieldName] = coordinate.split('.') as [string, string];
  const pipeline = text.pipeline?.map((each, i) => step(realm, `${coordinate}#${i}`, each));
  return { ...step(realm, coordinate, text), typeName, fieldName, pipeline };
}

const NONE = new NoneDataSource('None');

function step(realm: Realm, id: string, { direct, dataSource = NONE, maxBatchSize, ...text }: StepText): Step {
  return { id, dataSource, maxBatchSize, code: direct ? undefined : realm.load(id, code(text)) };
}

/** The request handler's body begins in line 3, the response handler's in line 6, each in column 1. */
export function code({ request = 'return { payload: null };', response = 'return ctx.result;' }: StepText): string {
  return [
    "import { util, extensions, runtime } from '@aws-appsync/utils';",
    'export function request(ctx) {',
    request,
    '}',
    'export function response(ctx) {',
    response,
    '}',
  ].join('\n');
}

/** A resolver without a service whose field has this value: an expression over ctx. */
export function value(expression: string): ResolverText {
  return { response: `return ${expression};` };
}
