import type { ExecutionResult, GraphQLResolveInfo, GraphQLSchema } from 'graphql';
import pLimit from 'p-limit';
import type { Limit } from '../../../shared/limit';
import { ListLevel } from './batching';
import type { RequestContext } from './context';
import { Deadline } from './deadline';
import { appendedEntry, type ErrorEntry, errorEntry, FieldError } from '../errors';
import type { Limits } from '../limits';
import type { Traces } from './resolver';
import type { RequestTrace } from './tracing';
import { type Line, TURNS } from './turns';

/** One request while its fields are resolved: what it may use up, and what it gathers. */
export class RequestState {
  readonly deadline: Deadline;
  readonly line: Line = TURNS.line();
  /** For calls of data sources, so that those of others do not queue behind thousands. */
  readonly limit: Limit;
  private readonly appended: ErrorEntry[] = [];
  readonly responseHeaders: Record<string, string> = {};
  /** What setSubscriptionFilter and setSubscriptionInvalidationFilter were given last. */
  readonly filters: { filter?: unknown; invalidation?: unknown } = {};
  readonly invalidations: unknown[] = [];
  /** Who follows it, if anybody does. */
  trace?: RequestTrace;
  private readonly levels = new Map<string, ListLevel>();
  private resolvers = 0;

  constructor(
    readonly context: RequestContext,
    readonly limits: Limits,
    readonly sentVariables: Record<string, unknown>,
  ) {
    this.deadline = new Deadline(limits.requestMs);
    this.limit = pLimit(limits.dataSourceCallsAtOnce);
  }

  /** Counts a resolver that is about to run. Throws FieldError when the request may run no more of them. */
  admit(): void {
    this.resolvers += 1;
    if (this.resolvers > this.limits.resolversPerRequest) {
      const message = `A request may run ${this.limits.resolversPerRequest} resolvers at most.`;
      throw new FieldError(message, 'ResolverExecutionLimitReached');
    }
    if (this.deadline.passed) {
      throw new FieldError('Execution timed out.', 'ExecutionTimeout');
    }
  }

  /** The list level of a field: its path without the places in lists. */
  level({ path }: GraphQLResolveInfo): ListLevel {
    const keys: (string | number)[] = [];
    for (let place: GraphQLResolveInfo['path'] | undefined = path; place; place = place.prev) {
      keys.push(typeof place.key === 'number' ? '[]' : place.key);
    }
    const name = keys.join('/');
    const level = this.levels.get(name) ?? new ListLevel(this.limit);
    this.levels.set(name, level);
    return level;
  }

  /** Takes in what a resolver left behind, also when it ended with an error. */
  gather({ appendedErrors, effects }: Traces, info: GraphQLResolveInfo): void {
    this.appended.push(...appendedErrors.map((error) => appendedEntry(error, info)));
    Object.assign(this.responseHeaders, effects.responseHeaders);
    this.invalidations.push(...effects.invalidations);
    this.filters.filter = effects.subscriptionFilter ?? this.filters.filter;
    this.filters.invalidation = effects.subscriptionInvalidationFilter ?? this.filters.invalidation;
  }

  /** The answer's errors: what resolvers appended, then what went wrong. */
  entries({ errors = [] }: ExecutionResult, schema: GraphQLSchema): ErrorEntry[] {
    return [...this.appended, ...errors.map((error) => errorEntry(error, schema))];
  }
}
