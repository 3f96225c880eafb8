import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { type GraphQLSchema, printSchema } from 'graphql';
import pLimit from 'p-limit';
import { builtFile } from '../../../../shared/built-file';
import type { ErrorEntry } from '../../errors';
import { LIMITS } from '../../limits';

export interface Question {
  sdl: string;
  text: string;
  introspection: boolean;
}

export type Answer = { errors: ErrorEntry[] } | { endsStack: string };

/** Some rules take a time that grows with the square of the document: a megabyte could take minutes, and gigabytes. */
const BOUNDS: { ms: number; megabytes: number } = { ms: LIMITS.requestMs, megabytes: 256 };

/** About that of the main thread. */
const STACK_MEGABYTES = 1;

const inThread = pLimit(4);

const printed = new WeakMap<GraphQLSchema, string>();

/**
 * Validates a document in a thread of its own, so that others are answered meanwhile. One that takes too much time or
 * memory is refused. Throws RangeError for one that nests by the thousands.
 */
export function findErrorsOfLarge(
  schema: GraphQLSchema,
  text: string,
  introspection: boolean,
  bounds = BOUNDS,
): Promise<ErrorEntry[]> {
  const sdl = printed.get(schema) ?? printSchema(schema);
  printed.set(schema, sdl);
  return inThread(() => ask({ sdl, text, introspection }, bounds));
}

async function ask(question: Question, { ms, megabytes }: typeof BOUNDS): Promise<ErrorEntry[]> {
  const worker = new Worker(builtFile('validation-worker.js'), {
    workerData: question,
    // Not this process's own flags, such as a loader for TypeScript.
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: megabytes, stackSizeMb: STACK_MEGABYTES },
  });
  try {
    const [answer] = (await once(worker, 'message', { signal: AbortSignal.timeout(ms) })) as [Answer];
    if ('endsStack' in answer) {
      throw new RangeError(answer.endsStack);
    }
    return answer.errors;
  } catch (error) {
    if (isTooMuch(error as NodeJS.ErrnoException)) {
      const message = 'The document takes too much time or memory to validate.';
      return [{ path: null, data: null, errorType: 'ExecutionTimeout', errorInfo: null, locations: null, message }];
    }
    throw error;
  } finally {
    await worker.terminate();
  }
}

function isTooMuch({ name, code }: NodeJS.ErrnoException): boolean {
  return name === 'AbortError' || code === 'ERR_WORKER_OUT_OF_MEMORY';
}
