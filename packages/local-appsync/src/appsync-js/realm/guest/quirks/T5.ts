import { tookEffectInHelper } from './effects';

const trim: (this: string) => string = String.prototype.trim;

/** Java's trim: everything up to U+0020, and none of Unicode's other spaces. */
export function javaTrim(this: string): string {
  const value = String(this);
  let start = 0;
  let end = value.length;
  while (start < end && value.charCodeAt(start) <= 0x20) {
    start += 1;
  }
  while (end > start && value.charCodeAt(end - 1) <= 0x20) {
    end -= 1;
  }
  const trimmed = value.slice(start, end);
  if (trimmed !== trim.call(value)) {
    tookEffectInHelper('T5');
  }
  return trimmed;
}
