/** Lambda's limits for a synchronous payload, in bytes of JSON. */
export const MAX_REQUEST_BYTES = 6_291_456;
export const MAX_RESPONSE_BYTES = 6_291_556;

/** What an invocation answers: the handler's value, or the document that Lambda gives for a function error. */
export type InvocationResult =
  { ok: true; payload: unknown } | { ok: false; errorType: string; errorMessage: string; trace: string[] };

export type InvocationFailure = Extract<InvocationResult, { ok: false }>;

function failure(errorType: string, errorMessage: string): InvocationFailure {
  return {
    ok: false,
    errorType,
    errorMessage,
    trace: [],
  };
}

export function timedOut(requestId: string, seconds: number): InvocationFailure {
  return failure(
    'Sandbox.Timedout',
    `${new Date().toISOString()} ${requestId} Task timed out after ${seconds.toFixed(2)} seconds`,
  );
}

/** The process ended before it answered. */
export function exited(requestId: string, code: number | null, signal: string | null): InvocationFailure {
  const reason = signal
    ? `Runtime exited with error: signal: ${signal}`
    : code === 0
      ? 'Runtime exited without providing a reason'
      : `Runtime exited with error: exit status ${code}`;
  return failure('Runtime.ExitError', `RequestId: ${requestId} Error: ${reason}`);
}

/** Reads the JSON that the process answered with. */
export function answered(payload: string): InvocationResult {
  return Buffer.byteLength(payload) > MAX_RESPONSE_BYTES
    ? failure(
        'Function.ResponseSizeTooLarge',
        `Response payload size exceeded maximum allowed payload size (${MAX_RESPONSE_BYTES} bytes).`,
      )
    : { ok: true, payload: JSON.parse(payload) as unknown };
}
