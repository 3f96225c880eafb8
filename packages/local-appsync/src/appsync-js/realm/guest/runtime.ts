import { EarlyReturn, interrupt, RaisedError } from './interrupts';
import { applies } from './quirks/applied';
import { tookEffectInHelper } from './quirks/effects';

/** What a null gives on AppSync, as it is reported (P1). */
const FAILURE = { message: 'Runtime Error', errorType: 'Code', data: null, errorInfo: null };

/** `runtime` */
export const runtime = {
  earlyReturn: (value?: unknown, options?: { skipTo?: unknown }): never => {
    const skipTo = options?.skipTo ?? null;
    if (skipTo !== null && skipTo !== 'END' && skipTo !== 'NEXT') {
      throw new TypeError(`runtime.earlyReturn: skipTo is 'END' or 'NEXT', not ${String(skipTo)}.`);
    }
    if (applies('P1') && (value ?? null) === null) {
      tookEffectInHelper('P1');
      return interrupt(new RaisedError(FAILURE));
    }
    return interrupt(new EarlyReturn(value ?? null, skipTo));
  },
};
