import { parentPort } from 'node:worker_threads';
import { findProblems } from './find-problems';

/** A thread that answers lists of code with the problems of each. */
parentPort!.on('message', (codes: string[]) => parentPort!.postMessage(findProblems(codes)));
