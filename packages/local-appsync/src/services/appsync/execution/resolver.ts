import type { DataSource, DataSourceAnswer } from '../../../appsync-js/data-source';
import { seenByFirst } from '../../../appsync-js/quirks/P3';
import type { Semantics } from '../../../appsync-js/quirks/semantics';
import type {
  Effects,
  Evaluation,
  HandlerContext,
  HandlerError,
  HandlerName,
  QuirkEffect,
} from '../../../appsync-js/realm/realm';
import { isBatched, type ListLevel } from './batching';
import type { Deadline } from './deadline';
import { FieldError } from '../errors';
import type { Limit } from '../../../shared/limit';
import type { Step } from './step';
import type { TraceEvent } from './tracing';
import type { Line } from './turns';

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

/** Where a resolver runs: what it shares with the others of its request. */
export interface Surroundings {
  deadline: Deadline;
  /** The same field of the other items of its list. */
  level: ListLevel;
  /** Where its handlers wait for their turn. */
  line: Line;
  /** For calls of data sources. */
  limit: Limit;
  maxEvaluatedBytes: number;
  semantics: Semantics;
  /** Quirks that acted on the field's arguments. */
  quirks: QuirkEffect[];
  /** Hears of each step. */
  trace?: (event: TraceEvent) => void;
}

export function noTraces(): Traces {
  return { appendedErrors: [], effects: { invalidations: [], cacheEvictions: [], responseHeaders: {} } };
}

/**
 * Runs a resolver, which has entered its list level, on the context of its field. Throws FieldError where the resolver
 * ends with an error.
 * Source: AppSync's developer guide, "JavaScript resolvers overview" and "runtime.earlyReturn".
 */
export function runResolver(
  resolver: Resolver,
  context: HandlerContext,
  traces: Traces,
  surroundings: Surroundings,
): Promise<unknown> {
  const run = new Run(context, traces, surroundings);
  return resolver.pipeline ? run.pipeline(resolver, resolver.pipeline) : run.unit(resolver);
}

class Run {
  /** Those that acted since the last step was told. */
  private quirks: QuirkEffect[];

  constructor(
    private readonly context: HandlerContext,
    private readonly traces: Traces,
    private readonly surroundings: Surroundings,
  ) {
    this.quirks = [...surroundings.quirks];
  }

  /** request → data source → response; an early return is the value. */
  async unit(step: Step): Promise<unknown> {
    const answer = await this.step(step);
    return answer.value;
  }

  /** before → each function in turn → after; each sees the value of the one before as `ctx.prev.result`. */
  async pipeline(resolver: Resolver, steps: Step[]): Promise<unknown> {
    const before = await this.evaluate(resolver, 'request');
    this.context.prev = { result: this.resultOfBefore(before.value) };
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
    const after = await this.evaluate(resolver, 'response');
    return after.value;
  }

  private resultOfBefore(value: unknown): unknown {
    if (value !== null || !this.surroundings.semantics.applies('P3')) {
      return value;
    }
    this.quirks.push({ id: 'P3' });
    return seenByFirst(value);
  }

  private async step(step: Step): Promise<Handled> {
    if (!step.code) {
      const answer = await this.execute(step, undefined);
      if (answer.error) {
        throw new FieldError(answer.error.message, answer.error.type, answer.result);
      }
      return { value: answer.result };
    }
    const request = await this.evaluate(step, 'request');
    if (request.early) {
      return request;
    }
    this.setResult(await this.execute(step, request.value));
    const response = await this.evaluate(step, 'response');
    this.setResult({});
    return response;
  }

  /** A malformed request ends the resolver; any other failure, slowness too, is for the response handler to see. */
  private async execute(step: Step, request: unknown): Promise<DataSourceAnswer> {
    const { deadline, level, limit, trace } = this.surroundings;
    const begin = performance.now();
    const call = { request, resolver: step.id, context: { ...this.context } };
    const late = () => timedOut(step.dataSource!);
    const answering = isBatched(step, request)
      ? level.call(step, call)
      : limit(async () => (deadline.passed ? late() : step.dataSource!.execute(call)));
    const answer = await deadline.race(answering, late);
    const dataSource = step.dataSource!.name;
    const ms = performance.now() - begin;
    trace?.({
      kind: 'dataSource',
      step: step.id,
      dataSource,
      answer,
      ms,
      ...this.takeQuirks(answer.quirks?.map((id) => ({ id }))),
    });
    if (answer.error?.type === 'MappingTemplate') {
      throw new FieldError(answer.error.message, answer.error.type);
    }
    return answer;
  }

  private setResult({ result, error }: Partial<DataSourceAnswer>): void {
    this.context.result = result;
    this.context.error = error;
  }

  private async evaluate(step: Step, handler: HandlerName): Promise<Handled> {
    if (!step.code) {
      // A pipeline without handlers of its own: nothing before, and after it the value of the last function.
      return { value: handler === 'response' ? this.context.result : {} };
    }
    await this.surroundings.line.turn();
    const evaluation = step.code.evaluate(handler, this.context);
    const { outcome, stash, appendedErrors, effects } = evaluation;
    this.context.stash = stash;
    this.traces.appendedErrors.push(...appendedErrors);
    addEffects(this.traces.effects, effects);
    const quirks = this.takeQuirks(evaluation.quirks);
    this.surroundings.trace?.({ kind: 'evaluation', step: step.id, handler, outcome, stash, ...quirks });
    this.checkSize(handler, evaluation);
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

  /** Each is told once, with the step that it led to. */
  private takeQuirks(more: QuirkEffect[] = []): { quirks?: QuirkEffect[] } {
    const quirks = [...this.quirks, ...more];
    this.quirks = [];
    return quirks.length > 0 ? { quirks } : {};
  }

  private checkSize(handler: HandlerName, { outcome, characters }: Evaluation): void {
    const limit = this.surroundings.maxEvaluatedBytes;
    // A character has at most three bytes, so nearly all values need no second look.
    if (outcome.kind !== 'error' && characters * 3 > limit) {
      const bytes = Buffer.byteLength(JSON.stringify(outcome.value));
      if (bytes > limit) {
        throw new FieldError(
          `The evaluated ${handler} has ${bytes} bytes; at most ${limit} are taken.`,
          'MappingTemplate',
        );
      }
    }
  }
}

/** What AppSync makes of a data source that has not answered when the request's time is up. */
function timedOut({ type }: DataSource): DataSourceAnswer {
  const service = type === 'AMAZON_DYNAMODB' ? 'DynamoDB' : 'Lambda';
  return { result: null, error: { type: `${service}:ExecutionTimeoutException`, message: 'Execution timed out.' } };
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
