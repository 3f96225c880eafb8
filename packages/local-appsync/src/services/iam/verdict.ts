/** `unknown`: depends on something that only AWS knows. */
export type Verdict = 'holds' | 'fails' | 'unknown';

export function verdict(holds: boolean): Verdict {
  return holds ? 'holds' : 'fails';
}

export function not(given: Verdict): Verdict {
  return given === 'unknown' ? given : verdict(given === 'fails');
}

/** Holds if the judge says so of one item, and fails if of none. */
export function any<T>(items: readonly T[], judge: (item: T) => Verdict): Verdict {
  let outcome: Verdict = 'fails';
  for (const item of items) {
    const judged = judge(item);
    if (judged === 'holds') {
      return judged;
    }
    outcome = judged === 'unknown' ? judged : outcome;
  }
  return outcome;
}

/** Fails if the judge says so of one item, and holds if of none. */
export function all<T>(items: readonly T[], judge: (item: T) => Verdict): Verdict {
  return not(any(items, (item) => not(judge(item))));
}
