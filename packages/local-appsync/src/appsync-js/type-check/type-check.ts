import { ProblemCache } from './cache';
import { contentKey } from './content-key';
import type { NamedCode, Problem } from './problem';
import { RefusedCode } from './refused-code';

/** What looks into code for problems, and gives those of each. */
export type FindProblems = (codes: readonly string[]) => Promise<Problem[][]>;

/** AppSync's check of code at deployment. Each code is looked into once, until what looks into it changes. */
export class TypeCheck {
  constructor(
    private readonly find: FindProblems,
    private readonly cache = new ProblemCache(),
  ) {}

  /** Rejects with RefusedCode. */
  async check(codes: readonly NamedCode[]): Promise<void> {
    const keyed = codes.map((named) => ({ ...named, key: contentKey(named.code) }));
    const problems = await this.problemsOf(new Map(keyed.map(({ key, code }) => [key, code])));
    const refused = keyed.flatMap(({ key, ...named }) => {
      const found = problems.get(key)!;
      return found.length > 0 ? [{ ...named, problems: found }] : [];
    });
    if (refused.length > 0) {
      throw new RefusedCode(refused);
    }
  }

  private async problemsOf(codes: ReadonlyMap<string, string>): Promise<Map<string, Problem[]>> {
    const known = new Map<string, Problem[]>();
    const unknown: string[] = [];
    for (const key of codes.keys()) {
      const found = this.cache.read(key);
      if (found) {
        known.set(key, found);
      } else {
        unknown.push(key);
      }
    }
    if (unknown.length === 0) {
      return known;
    }
    const found = await this.find(unknown.map((key) => codes.get(key)!));
    const fresh = new Map(unknown.map((key, i) => [key, found[i]!]));
    this.cache.write(fresh);
    return new Map([...known, ...fresh]);
  }
}
