import {
  execute,
  type ExecutionResult,
  type GraphQLFieldResolver,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  OperationTypeNode,
} from 'graphql';
import type { FieldAuthorization } from '../auth/directives';
import type { Caller } from '../auth/types';
import { APPSYNC_SEMANTICS, type Semantics } from '../../../appsync-js/quirks/semantics';
import { givenArguments } from './arguments';
import { handlerContext, type RequestContext } from './context';
import { HttpError } from '../../../endpoint/http-error';
import { type ErrorEntry, FieldError } from '../errors';
import { LIMITS, type Limits } from '../limits';
import { type GraphqlRequest, type Operation, type QueryRules, readOperation } from './operation';
import { RequestState } from './request-state';
import { noTraces, type Resolver, runResolver } from './resolver';
import { selectedData } from './selection';
import { tracedField, tracedRequest, type Tracer } from './tracing';
import type { Subscription, Subscriptions } from '../realtime/subscriptions';

export type { GraphqlRequest } from './operation';

export interface GraphqlAnswer {
  data: Record<string, unknown> | null;
  errors?: ErrorEntry[];
  /** Response headers that resolvers set. */
  headers: Record<string, string>;
}

export interface ApiOptions {
  arn: string;
  schema: GraphQLSchema;
  resolvers: Resolver[];
  authorization: FieldAuthorization;
  environment: Record<string, string>;
  subscriptions: Subscriptions;
  queries?: Partial<QueryRules>;
  /** Default: AppSync's. */
  limits?: Partial<Limits>;
  /** How arguments and resolvers are read; default: as AppSync is reported to. */
  semantics?: Semantics;
  /** Follows each request. */
  tracer?: Tracer;
  /** Hears of faults of ours, of which callers learn no details. */
  log?: (line: string) => void;
}

/** What clients reach of an API. */
export type ServedApi = Pick<GraphqlApi, 'run' | 'subscribe'>;

/** An AppSync GraphQL API: runs queries and mutations, starts subscriptions and feeds them. */
export class GraphqlApi {
  private readonly resolvers: Map<string, Resolver>;
  private readonly limits: Limits;
  private readonly queries: QueryRules;
  private readonly semantics: Semantics;

  constructor(private readonly options: ApiOptions) {
    this.resolvers = new Map(
      options.resolvers.map((resolver) => [`${resolver.typeName}.${resolver.fieldName}`, resolver]),
    );
    this.semantics = options.semantics ?? APPSYNC_SEMANTICS;
    this.limits = { ...LIMITS, ...options.limits };
    this.queries = { introspection: true, maxDepth: 0, ...options.queries };
  }

  /** Runs a query or a mutation; a mutation's change is on its way to subscribers when this resolves. */
  async run(request: GraphqlRequest, caller: Caller, headers: RequestContext['headers']): Promise<GraphqlAnswer> {
    const operation = await readOperation(this.options.schema, request, this.queries);
    if (!('definition' in operation)) {
      return { data: null, errors: operation, headers: {} };
    }
    if (operation.definition.operation === OperationTypeNode.SUBSCRIPTION) {
      throw new HttpError(400, 'UnsupportedOperation', 'Subscriptions are served over the realtime endpoint.');
    }
    const { result, state } = await this.execute(operation, request, caller, headers);
    if (operation.definition.operation === OperationTypeNode.MUTATION) {
      await this.tellSubscribers(operation, result, state);
    }
    const errors = state.entries(result, this.options.schema);
    return { data: result.data ?? null, ...(errors.length > 0 ? { errors } : {}), headers: state.responseHeaders };
  }

  /**
   * Prepares a subscription: its field's resolver runs once and may refuse. Answers the errors that refused it, or the
   * subscription, which hears nothing before it is begun. Throws HttpError, Unauthorized or InvalidFilter.
   */
  async subscribe(
    request: GraphqlRequest,
    caller: Caller,
    headers: RequestContext['headers'],
  ): Promise<Subscription | ErrorEntry[]> {
    const operation = await readOperation(this.options.schema, request, this.queries);
    if (!('definition' in operation)) {
      return operation;
    }
    if (operation.definition.operation !== OperationTypeNode.SUBSCRIPTION) {
      throw new HttpError(400, 'UnsupportedOperation', ' not supported through the realtime channel');
    }
    const { result, state } = await this.execute(operation, request, caller, headers);
    // A null is no error here, whatever the field's type: the resolver's value is nobody's.
    const refusals = state
      .entries(result, this.options.schema)
      .filter(({ path, errorType }) => path === null || errorType !== undefined);
    return refusals.length > 0
      ? refusals
      : this.options.subscriptions.prepare({
          ...operation,
          variables: request.variables ?? {},
          caller,
          filter: state.filters.filter,
          invalidation: state.filters.invalidation,
        });
  }

  private async execute(
    operation: Operation,
    request: GraphqlRequest,
    caller: Caller,
    headers: RequestContext['headers'],
  ): Promise<{ result: ExecutionResult; state: RequestState }> {
    const context = { caller, headers, environment: this.options.environment };
    const state = new RequestState(context, this.limits, request.variables ?? {});
    state.trace = this.options.tracer?.begin(tracedRequest(operation, request, context));
    try {
      const result = await execute({
        schema: this.options.schema,
        document: operation.document,
        operationName: operation.definition.name?.value,
        variableValues: request.variables ?? {},
        contextValue: state,
        fieldResolver: this.resolveField,
      });
      state.trace?.end({ data: result.data, errors: state.entries(result, this.options.schema) });
      return { result, state };
    } finally {
      state.deadline.clear();
    }
  }

  private async tellSubscribers(
    { document, definition }: Operation,
    { data }: ExecutionResult,
    state: RequestState,
  ): Promise<void> {
    const { subscriptions } = this.options;
    if (data) {
      await subscriptions.publish(document, definition, data, () => state.line.turn());
    }
    subscriptions.invalidate(state.invalidations);
  }

  private readonly resolveField: GraphQLFieldResolver<unknown, RequestState, Record<string, unknown>> = (
    source,
    args,
    state,
    info,
  ) => {
    const refusal = this.refusal(state.context.caller, info);
    if (refusal !== null) {
      return refused(new FieldError(refusal, 'Unauthorized'), state);
    }
    const resolver = this.resolvers.get(`${info.parentType.name}.${info.fieldName}`);
    return resolver ? this.runResolver(resolver, source, args, state, info) : property(source, info.fieldName);
  };

  private refusal(caller: Caller, info: GraphQLResolveInfo): string | null {
    const { name } = info.parentType;
    const isRoot = info.path.prev === undefined;
    if (isRoot && caller.allowsField?.(`${this.options.arn}/types/${name}/fields/${info.fieldName}`) === false) {
      return `Not Authorized to access ${info.fieldName} on type ${name}`;
    }
    return this.options.authorization.refusal(caller, name, info.fieldName);
  }

  private async runResolver(
    resolver: Resolver,
    source: unknown,
    args: Record<string, unknown>,
    state: RequestState,
    info: GraphQLResolveInfo,
  ): Promise<unknown> {
    const traces = noTraces();
    const level = state.level(info);
    level.enter();
    try {
      await state.line.turn();
      state.admit();
      const { quirks, ...given } = givenArguments(args, info, state.sentVariables, this.semantics);
      return await runResolver(resolver, handlerContext(state.context, source, given, info), traces, {
        semantics: this.semantics,
        quirks,
        deadline: state.deadline,
        level,
        line: state.line,
        limit: state.limit,
        maxEvaluatedBytes: this.limits.evaluatedBytes,
        trace: state.trace?.field(tracedField(info)),
      });
    } catch (error) {
      throw this.fieldError(error, info);
    } finally {
      level.leave();
      state.gather(traces, info);
    }
  }

  private fieldError(error: unknown, info: GraphQLResolveInfo): FieldError {
    if (error instanceof FieldError) {
      return new FieldError(error.message, error.errorType, selectedData(error.data, info), error.errorInfo);
    }
    const { name } = info.parentType;
    this.options.log?.(`${name}.${info.fieldName}: ${error instanceof Error ? error.stack : String(error)}`);
    return new FieldError('An internal failure occurred while resolving this field.', 'InternalFailure');
  }
}

/** Thousands of errors take time, too: graphql-js looks up the line of each. */
function refused(error: FieldError, { line }: RequestState): Promise<never> {
  const turn = line.turn();
  if (!turn) {
    throw error;
  }
  return turn.then(() => {
    throw error;
  });
}

function property(source: unknown, name: string): unknown {
  return typeof source === 'object' && source !== null && Object.hasOwn(source, name)
    ? (source as Record<string, unknown>)[name]
    : undefined;
}
