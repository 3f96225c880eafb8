import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** As many of the items as asked for, or all: the same ones for the same seed, in the order in which they came. */
export function sample<T>(items: T[], count: number, seed: number): T[] {
  const generator = xoroshiro128plus(seed);
  const left = items.map((_, index) => index);
  const chosen = new Set<number>();
  while (chosen.size < count && left.length > 0) {
    chosen.add(left.splice(uniformInt(generator, 0, left.length - 1), 1)[0]!);
  }
  return items.filter((_, index) => chosen.has(index));
}
