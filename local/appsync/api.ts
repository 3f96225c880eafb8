import {
  defaultFieldResolver,
  type DocumentNode,
  execute,
  type ExecutionResult,
  getOperationAST,
  type GraphQLFieldResolver,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  type OperationDefinitionNode,
  parse,
  validate,
} from 'graphql';
import type { Caller } from '../auth/types';
import type { FieldAuthorization } from '../auth/directives';
import { handlerContext, type RequestContext } from './context';
import { appendedEntry, type ErrorEntry, errorEntry, FieldError, RequestError } from './errors';
import { noTraces, type Resolver, runResolver } from './resolver';
import type { Subscriptions } from './subscriptions';

/** A GraphQL request as a client sends it. */
export interface GraphqlRequest {
  query: string;
  variables?: Record<string, unknown> | null;
  operationName?: string | null;
}

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
}

/** What one request gathers while its fields are resolved. */
interface Request extends RequestContext {
  appended: ErrorEntry[];
  responseHeaders: Record<string, string>;
  /** By subscription field: what setSubscriptionFilter and its sibling were given. */
  filters: { filter?: unknown; invalidation?: unknown };
  invalidations: unknown[];
}

/** A parsed and validated operation, ready to run. */
interface Operation {
  document: DocumentNode;
  definition: OperationDefinitionNode;
}

/** An AppSync GraphQL API: runs queries and mutations, starts subscriptions and feeds them. */
export class GraphqlApi {
  private readonly resolvers: Map<string, Resolver>;

  constructor(private readonly options: ApiOptions) {
    this.resolvers = new Map(
      options.resolvers.map((resolver) => [`${resolver.typeName}.${resolver.fieldName}`, resolver]),
    );
  }

  /** Runs a query or a mutation; a mutation's change is on its way to subscribers when this resolves. */
  async run(request: GraphqlRequest, caller: Caller, headers: RequestContext['headers']): Promise<GraphqlAnswer> {
    const prepared = this.prepare(request);
    if (!('definition' in prepared)) {
      return { data: null, errors: prepared, headers: {} };
    }
    if (prepared.definition.operation === 'subscription') {
      throw new RequestError(400, 'UnsupportedOperation', 'Subscriptions are served over the realtime endpoint.');
    }
    const { result, state } = await this.execute(prepared, request, caller, headers);
    if (prepared.definition.operation === 'mutation' && result.data) {
      this.options.subscriptions.publish(prepared.document, prepared.definition, result.data);
    }
    this.options.subscriptions.invalidate(state.invalidations);
    return this.answer(result, state);
  }

  /**
   * Starts a subscription: its field's resolver runs once and may refuse. `deliver` gets each change as the payload of a
   * data frame; `end` is called if the server ends it. Throws RequestError or answers the errors that refused it.
   */
  async subscribe(
    request: GraphqlRequest,
    caller: Caller,
    headers: RequestContext['headers'],
    deliver: (payload: { data: unknown; errors?: ErrorEntry[] }) => void,
    end: () => void,
  ): Promise<{ stop(): void } | ErrorEntry[]> {
    const prepared = this.prepare(request);
    if (!('definition' in prepared)) {
      return prepared;
    }
    if (prepared.definition.operation !== 'subscription') {
      throw new RequestError(400, 'UnsupportedOperation', ' not supported through the realtime channel');
    }
    const { result, state } = await this.execute(prepared, request, caller, headers);
    const { errors } = this.answer(result, state);
    // The resolver's value is nobody's: null is no error here, whatever the field's type.
    const refusals = (errors ?? []).filter(({ errorType }) => errorType !== undefined);
    if (refusals.length > 0) {
      return refusals;
    }
    return this.options.subscriptions.start({
      document: prepared.document,
      definition: prepared.definition,
      variables: request.variables ?? {},
      caller,
      filter: state.filters.filter,
      invalidation: state.filters.invalidation,
      deliver,
      end,
    });
  }

  private prepare(request: GraphqlRequest): Operation | ErrorEntry[] {
    let document: DocumentNode;
    try {
      document = parse(request.query);
    } catch {
      throw new RequestError(400, 'MalformedHttpRequestException', 'Unable to parse GraphQL query.');
    }
    const errors = validate(this.options.schema, document);
    if (errors.length > 0) {
      return errors.map((error) => errorEntry(error, this.options.schema));
    }
    const definition = getOperationAST(document, request.operationName);
    if (!definition) {
      const message = request.operationName
        ? `Unknown operation named '${request.operationName}'.`
        : 'Must provide operation name if query contains multiple operations.';
      return [{ path: null, locations: null, message }];
    }
    return { document, definition };
  }

  private async execute(
    { document }: Operation,
    request: GraphqlRequest,
    caller: Caller,
    headers: RequestContext['headers'],
  ): Promise<{ result: ExecutionResult; state: Request }> {
    const state: Request = {
      caller,
      headers,
      environment: this.options.environment,
      appended: [],
      responseHeaders: {},
      filters: {},
      invalidations: [],
    };
    const result = await execute({
      schema: this.options.schema,
      document,
      operationName: request.operationName,
      variableValues: request.variables ?? {},
      contextValue: state,
      fieldResolver: this.resolveField,
    });
    return { result, state };
  }

  private answer({ data, errors }: ExecutionResult, state: Request): GraphqlAnswer {
    const entries = [...state.appended, ...(errors ?? []).map((error) => errorEntry(error, this.options.schema))];
    return {
      data: data ?? null,
      ...(entries.length > 0 ? { errors: entries } : {}),
      headers: state.responseHeaders,
    };
  }

  private readonly resolveField: GraphQLFieldResolver<unknown, Request, Record<string, unknown>> = (source, args, state, info) => {
    const refusal = this.refusal(state.caller, info);
    if (refusal !== null) {
      throw new FieldError(refusal, 'Unauthorized');
    }
    const resolver = this.resolvers.get(`${info.parentType.name}.${info.fieldName}`);
    return resolver
      ? this.runResolver(resolver, source, args, state, info)
      : defaultFieldResolver(source, args, state, info);
  };

  private refusal(caller: Caller, info: GraphQLResolveInfo): string | null {
    const { name } = info.parentType;
    const root = info.path.prev === undefined;
    if (
      root &&
      caller.allowsField &&
      !caller.allowsField(`${this.options.arn}/types/${name}/fields/${info.fieldName}`)
    ) {
      return `Not Authorized to access ${info.fieldName} on type ${name}`;
    }
    return this.options.authorization.refusal(caller, name, info.fieldName);
  }

  private async runResolver(
    resolver: Resolver,
    source: unknown,
    args: Record<string, unknown>,
    state: Request,
    info: GraphQLResolveInfo,
  ): Promise<unknown> {
    const traces = noTraces();
    try {
      return await runResolver(resolver, handlerContext(state, source, args, info), traces);
    } finally {
      const { appendedErrors, effects } = traces;
      state.appended.push(...appendedErrors.map((error) => appendedEntry(error, info)));
      Object.assign(state.responseHeaders, effects.responseHeaders);
      state.invalidations.push(...effects.invalidations);
      state.filters.filter = effects.subscriptionFilter ?? state.filters.filter;
      state.filters.invalidation = effects.subscriptionInvalidationFilter ?? state.filters.invalidation;
    }
  }
}
