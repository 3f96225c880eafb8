import type { InvocationResult } from '../../lambda/function';
import type { DataSourceAnswer, DataSourceCall } from '../../../appsync-js/data-source';
import { answer, DataSourceFailure, failed } from './failure';
import { invocationFailure, refusedInvocation } from './lambda-failure';
import { type LambdaRequest, lambdaRequest } from './lambda-request';
import { kindOf } from './shape';

export type Invoke = (payload: unknown) => Promise<InvocationResult>;

/** How many payloads a BatchInvoke holds unless the resolver has a maxBatchSize. */
const DEFAULT_BATCH_SIZE = 5;

/** Answers each call, in order; see LambdaDataSource.executeBatch. */
export async function executeBatch(
  invoke: Invoke,
  calls: readonly DataSourceCall[],
  maxBatchSize: number,
): Promise<DataSourceAnswer[]> {
  const answers: DataSourceAnswer[] = new Array<DataSourceAnswer>(calls.length);
  const batchable: [index: number, LambdaRequest][] = [];
  const running: Promise<void>[] = [];

  for (const [index, call] of calls.entries()) {
    const request = readOrFailure(call);
    if (request instanceof DataSourceFailure) {
      answers[index] = failed(request);
    } else if (isBatched(request, maxBatchSize)) {
      batchable.push([index, request]);
    } else {
      running.push(answer(() => invokeOne(invoke, request)).then((one) => void (answers[index] = one)));
    }
  }
  for (const asynchronous of [false, true]) {
    const alike = batchable.filter(([, request]) => request.asynchronous === asynchronous);
    for (const chunk of chunks(alike, maxBatchSize || DEFAULT_BATCH_SIZE)) {
      const all = invokeAll(
        invoke,
        chunk.map(([, request]) => request),
      );
      running.push(all.then((many) => many.forEach((one, place) => (answers[chunk[place]![0]] = one))));
    }
  }
  await Promise.all(running);
  return answers;
}

function isBatched({ operation }: LambdaRequest, maxBatchSize: number): boolean {
  return operation === 'BatchInvoke' || (operation === 'Direct' && maxBatchSize > 0);
}

async function invokeOne(invoke: Invoke, { payload, asynchronous }: LambdaRequest): Promise<unknown> {
  if (asynchronous) {
    return launch(invoke, payload);
  }
  const result = await invoke(payload).catch(refusedInvocation);
  if (!result.ok) {
    throw invocationFailure(result);
  }
  return result.payload;
}

/** One invocation for all requests; what fails it fails each of them. */
async function invokeAll(invoke: Invoke, requests: LambdaRequest[]): Promise<DataSourceAnswer[]> {
  const [{ operation, asynchronous }] = requests as [LambdaRequest];
  const payload = requests.map((request) => request.payload);
  const whole = await answer(async () => {
    const results = await invokeOne(invoke, { operation, payload, asynchronous });
    if (asynchronous) {
      return payload.map(() => null);
    }
    if (Array.isArray(results) && results.length === requests.length) {
      return results as unknown[];
    }
    const given = Array.isArray(results) ? `a list of ${results.length}` : kindOf(results).toUpperCase();
    throw new DataSourceFailure(
      'Lambda:IllegalArgument',
      `A batch of ${requests.length} must be answered with a list of as many results, in order; the function gave ${given}.`,
    );
  });
  if (whole.error) {
    return requests.map(() => whole);
  }
  return (whole.result as unknown[]).map(operation === 'Direct' ? directResult : (result) => ({ result }));
}

/**
 * Without a response handler that could look into it, a batched result says itself whether it failed:
 * `{data, errorMessage, errorType}`.
 */
function directResult(result: unknown): DataSourceAnswer {
  if (kindOf(result) !== 'OBJECT' || !Object.hasOwn(result as object, 'errorMessage')) {
    return { result };
  }
  const { data = null, errorMessage, errorType } = result as Record<string, unknown>;
  if (errorMessage === null || errorMessage === undefined || errorMessage === '') {
    return { result: data };
  }
  return { result: data, error: { message: String(errorMessage), type: String(errorType ?? 'Lambda:Unhandled') } };
}

/** Starts an invocation that nobody waits for. Its failure is the function's log's, its loss the process's warning. */
function launch(invoke: Invoke, payload: unknown): null {
  invoke(payload).catch((error: Error) => process.emitWarning(error));
  return null;
}

function readOrFailure(call: DataSourceCall): LambdaRequest | DataSourceFailure {
  try {
    return lambdaRequest(call);
  } catch (error) {
    if (error instanceof DataSourceFailure) {
      return error;
    }
    throw error;
  }
}

function* chunks<T>(all: T[], size: number): Generator<T[]> {
  for (let start = 0; start < all.length; start += size) {
    yield all.slice(start, start + size);
  }
}
