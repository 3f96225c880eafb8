const DAY_MS = 86_400_000;

/**
 * What is wrong with the date in `apiKeyExpires` of cdk.json, and what to set; undefined if nothing is. AppSync takes one
 * from a day to 365 days ahead.
 */
export function apiKeyProblem(expires: unknown, now: number): string | undefined {
  const days = (Date.parse(String(expires)) - now) / DAY_MS;
  // A date that can't be read is NaN days ahead.
  if (days >= 1 && days <= 365) {
    return undefined;
  }
  const given = expires === undefined ? 'is missing' : `is ${JSON.stringify(expires)}`;
  const example = new Date(now + 364 * DAY_MS).toISOString().slice(0, 10);
  return `apiKeyExpires in cdk.json ${given}: set a date from a day to 365 days ahead, such as "${example}".`;
}
