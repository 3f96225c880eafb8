import { EarlyReturn, interrupt } from './interrupts';

/** `runtime` */
export const runtime = {
  earlyReturn: (value?: unknown, options?: { skipTo?: unknown }): never => {
    const skipTo = options?.skipTo ?? null;
    if (skipTo !== null && skipTo !== 'END' && skipTo !== 'NEXT') {
      throw new TypeError(`runtime.earlyReturn: skipTo is 'END' or 'NEXT', not ${String(skipTo)}.`);
    }
    return interrupt(new EarlyReturn(value ?? null, skipTo));
  },
};
