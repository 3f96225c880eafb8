import type { ErrorEntry } from '../errors';
import type { RequestTrace, TracedField, TracedRequest, TraceEvent, Tracer } from '../execution/tracing';

/**
 * A line of JSON for each thing that happens, for programs. Names are those of AppSync's own field-level logs.
 * Source: AppSync's developer guide, "CloudWatch logs and metrics", log types of JavaScript resolvers.
 */
export class JsonTracer implements Tracer {
  constructor(private readonly write: (text: string) => void) {}

  begin(request: TracedRequest): RequestTrace {
    const { requestId } = request;
    const begun = performance.now();
    const log = (logType: string, more: object) => this.write(`${JSON.stringify({ logType, requestId, ...more })}\n`);
    const { operation, name, authorization, query, variables } = request;
    log('BeginRequest', { operation, operationName: name ?? null, authorization, query, variables });
    return {
      field: (field) => (event) => log(logTypeOf(event, field), { ...field, ...details(event), quirks: event.quirks }),
      end: ({ data, errors = [] }: { data: unknown; errors?: ErrorEntry[] }) =>
        log('RequestSummary', { duration: performance.now() - begun, data: data ?? null, errors }),
    };
  }
}

/** A pipeline's own handlers come before and after those of its functions. */
function logTypeOf(event: TraceEvent, { parentType, fieldName }: TracedField): string {
  if (event.kind === 'dataSource') {
    return 'DataSourceInvocation';
  }
  const isResolver = event.step === `${parentType}.${fieldName}`;
  if (event.handler === 'request') {
    return isResolver ? 'BeforeRequestFunctionEvaluation' : 'RequestFunctionEvaluation';
  }
  return isResolver ? 'AfterResponseFunctionEvaluation' : 'ResponseFunctionEvaluation';
}

function details(event: TraceEvent): object {
  if (event.kind === 'dataSource') {
    const { step, dataSource, answer, ms } = event;
    return { step, dataSource, result: answer.result ?? null, error: answer.error ?? null, duration: ms };
  }
  const { step, outcome, stash } = event;
  return outcome.kind === 'error'
    ? { step, fieldInError: true, errors: [outcome.error], stash }
    : {
        step,
        fieldInError: false,
        evaluationResult: outcome.value ?? null,
        earlyReturn: outcome.kind === 'earlyReturn',
        stash,
      };
}
