/**
 * Something that keeps the system from running and that a person can put right. The message is for that person: it
 * says what was found, what was expected and what to do, and is told without a stack.
 */
export class StartError extends Error {
  override readonly name: string = 'StartError';
}
