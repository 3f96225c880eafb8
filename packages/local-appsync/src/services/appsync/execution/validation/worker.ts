import { parentPort, workerData } from 'node:worker_threads';
import { parseDocument } from '../parse-document';
import { appsyncSchema } from '../schema';
import type { Answer, Question } from './large-document';
import { findErrors } from './find-errors';

/** A thread that validates one document. */
const { sdl, text, introspection } = workerData as Question;

function answer(): Answer {
  try {
    return { errors: findErrors(appsyncSchema(sdl), parseDocument(text), introspection) };
  } catch (error) {
    if (error instanceof RangeError) {
      return { endsStack: error.message };
    }
    throw error;
  }
}

parentPort!.postMessage(answer());
