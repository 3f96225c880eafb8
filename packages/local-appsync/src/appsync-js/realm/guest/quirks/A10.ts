import { tookEffect } from './effects';

const COMPARISONS = {
  '<': (a: number, b: number) => a < b,
  '<=': (a: number, b: number) => a <= b,
  '>': (a: number, b: number) => a > b,
  '>=': (a: number, b: number) => a >= b,
};

/** `<`, `<=`, `>`, `>=`: false of two strings. */
export function compare(place: number, operator: keyof typeof COMPARISONS, a: unknown, b: unknown): boolean {
  // They compare whatever they are given, as the operators do.
  const holds = COMPARISONS[operator](a as number, b as number);
  return holds && typeof a === 'string' && typeof b === 'string' ? !tookEffect('A10', place) : holds;
}
