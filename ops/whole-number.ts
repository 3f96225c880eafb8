import { InvalidArgumentError } from 'commander';

/** For commander: the number of an argument that counts something. */
export function wholeNumber(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 0) {
    throw new InvalidArgumentError('Expected a whole number.');
  }
  return number;
}
