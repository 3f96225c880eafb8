import { isDeepStrictEqual } from 'node:util';
import type { Evaluated } from './compare';

/** What an evaluation may come to. In JSON, so that undefined in a list is null, and a property that is undefined is not there. */
export type Answer =
  | { value: unknown }
  /** The keys of objects count as they are ordered, too. */
  | { inOrder: unknown }
  /** The handler ended with an error that has such a message. */
  | { error: RegExp }
  /** The code was not run at all. */
  | 'refused';

export function isAnswer(answer: Answer, evaluated: Evaluated): boolean {
  if (answer === 'refused' || 'refused' in evaluated) {
    return answer === 'refused' && 'refused' in evaluated;
  }
  if ('error' in answer) {
    return answer.error.test(evaluated.error?.message ?? '');
  }
  if (evaluated.error) {
    return false;
  }
  return 'value' in answer
    ? isDeepStrictEqual(evaluated.value, answer.value)
    : JSON.stringify(evaluated.value) === JSON.stringify(answer.inOrder);
}

export function answerText(answer: Answer): string {
  if (answer === 'refused') {
    return 'refuses the code';
  }
  if ('error' in answer) {
    return answer.error.source === '.' ? 'an error' : `an error that says ${answer.error.source}`;
  }
  return JSON.stringify('value' in answer ? answer.value : answer.inOrder);
}

export function evaluatedText(evaluated: Evaluated): string {
  if ('refused' in evaluated) {
    return `refuses the code: ${evaluated.refused.join('; ')}`;
  }
  return evaluated.error ? `an error: ${evaluated.error.message}` : JSON.stringify(evaluated.value);
}
