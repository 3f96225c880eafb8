import type { DataSource, DataSourceAnswer } from '../datasource/data-source';
import type { Effects, HandlerContext, HandlerError, HandlerName, ResolverCode } from '../realm/realm';
import { FieldError } from './errors';

/** A handler module bound to its data source: a unit resolver, or a function of a pipeline. */
export interface Step {
  id: string;
  /** Without code the data source gets the whole context, and its answer is the value. */
  code?: ResolverCode;
  dataSource?: DataSource;
}

export interface Resolver extends Step {
  typeName: string;
  fieldName: string;
  pipeline?: Step[];
}

/** What a resolver leaves behind besides its value, also when it ends with an error. */
export interface Traces {
  appendedErrors: HandlerError[];
  effects: Effects;
}

export function noTraces(): Traces {
  return { appendedErrors: [], effects: { invalidations: [], cacheEvictions: [], responseHeaders: {} } };
}

/**
 * Runs a resolver on the context of its field. Throws FieldError where the resolver ends with an error.
 * Source: AppSync's developer guide, "JavaScript resolvers overview" and "runtime.earlyReturn".
 */
export async function runResolver(resolver: Resolver, context: HandlerContext, traces: Traces): Promise<unknown> {
  const run = new Run(context, traces);
  return resolver.pipeline ? run.pipeline(resolver, resolver.pipeline) : run.unit(resolver);
}

class Run {
  constructor(
    private readonly context: HandlerContext,
    private readonly traces: Traces,
  ) {}

  /** request → data source → response; an early return is the value. */
  async unit(step: Step): Promise<unknown> {
    const answer = await this.step(step);
    return answer.value;
  }

  /** before → each function in turn → after; each sees the value of the one before as `ctx.prev.result`. */
  async pipeline(resolver: Resolver, steps: Step[]): Promise<unknown> {
    const before = this.evaluate(resolver, 'request');
    this.context.prev = { result: before.value };
    if (!before.early || before.early.skipTo === 'NEXT') {
      for (const step of steps) {
        const { value, early } = await this.step(step);
        this.context.prev = { result: value };
        if (early?.skipTo === 'END') {
          break;
        }
      }
    }
    this.setResult({ result: this.context.prev.result });
    return this.evaluate(resolver, 'response').value;
  }

  private async step(step: Step): Promise<Handled> {
    if (!step.code) {
      const answer = await this.execute(step, undefined);
      if (answer.error) {
        throw new FieldError(answer.error.message, answer.error.type);
      }
      return { value: answer.result };
    }
    const request = this.evaluate(step, 'request');
    if (request.early) {
      return request;
    }
    this.setResult(await this.execute(step, request.value));
    const response = this.evaluate(step, 'response');
    this.setResult({});
    return response;
  }

  /** A malformed request ends the resolver; any other failure is for the response handler to see. */
  private async execute(step: Step, request: unknown): Promise<DataSourceAnswer> {
    const answer = await step.dataSource!.execute({ request, resolver: step.id, context: { ...this.context } });
    if (answer.error?.type === 'MappingTemplate') {
      throw new FieldError(answer.error.message, answer.error.type);
    }
    return answer;
  }

  private setResult({ result, error }: Partial<DataSourceAnswer>): void {
    this.context.result = result;
    this.context.error = error;
  }

  private evaluate(step: Step, handler: HandlerName): Handled {
    const { outcome, stash, appendedErrors, effects } = step.code!.evaluate(handler, this.context);
    this.context.stash = stash;
    this.traces.appendedErrors.push(...appendedErrors);
    addEffects(this.traces.effects, effects);
    switch (outcome.kind) {
      case 'value':
        return { value: outcome.value };
      case 'earlyReturn':
        return { value: outcome.value, early: { skipTo: outcome.skipTo } };
      case 'error': {
        const { message, errorType, data, errorInfo } = outcome.error;
        throw new FieldError(message, errorType, data, errorInfo);
      }
    }
  }
}

function addEffects(all: Effects, more: Effects): void {
  all.subscriptionFilter = more.subscriptionFilter ?? all.subscriptionFilter;
  all.subscriptionInvalidationFilter = more.subscriptionInvalidationFilter ?? all.subscriptionInvalidationFilter;
  all.invalidations.push(...more.invalidations);
  all.cacheEvictions.push(...more.cacheEvictions);
  Object.assign(all.responseHeaders, more.responseHeaders);
}

interface Handled {
  value: unknown;
  early?: { skipTo: 'END' | 'NEXT' | null };
}
