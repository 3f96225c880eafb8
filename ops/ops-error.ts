/** What a person can put right: the message says what was wrong, what was expected and what to do. */
export class OpsError extends Error {
  override readonly name = 'OpsError';
}
