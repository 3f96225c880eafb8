/** Runs what is measured once and gives its figure, in the measure's unit. */
export type Round = () => Promise<number>;

export interface Spread {
  median: number;
  least: number;
  most: number;
}

/** One line of the table: the same work by us, by the least that could do it, and by what a user would take instead. */
export interface Measured {
  name: string;
  unit: string;
  /** Whether more is better, as a rate, or less, as a time. */
  better: 'more' | 'less';
  subject: Spread;
  floor?: Spread;
  peer?: Spread;
  /** Of the subject, if it is a time that somebody waits for. */
  p99?: number;
  /** Figures that are exact: units, calls, bytes. */
  counts?: Record<string, number>;
  goal: string;
  /** Whether the goal is a figure, so that a multiple of the floor says nothing. */
  isAbsolute?: boolean;
  met: boolean;
}

export type Contenders = { subject: Round; floor?: Round; peer?: Round };
type Name = keyof Contenders;

/** All contenders in turn, so that what disturbs the machine disturbs each of them; a round before them warms up. */
export async function interleave(
  rounds: number,
  contenders: Contenders,
  { warmUp = true } = {},
): Promise<Pick<Measured, 'subject' | 'floor' | 'peer'>> {
  const names = Object.keys(contenders) as Name[];
  const figures = new Map<Name, number[]>(names.map((name) => [name, []]));
  for (let round = warmUp ? 0 : 1; round <= rounds; round += 1) {
    for (const name of names) {
      const figure = await contenders[name]!();
      if (round > 0) {
        figures.get(name)!.push(figure);
      }
    }
  }
  const spreads = names.map((name) => [name, spreadOf(figures.get(name)!)] as const);
  return Object.fromEntries(spreads) as Record<Name, Spread>;
}

/** Whether the work at one size costs what it does at a smaller one, noise allowed for: both by the floors of their minutes. */
export function isFlat(small: Measured, large: Pick<Measured, 'subject' | 'floor'>): boolean {
  const multiple = ({ subject, floor }: typeof large) => subject.median / floor!.median;
  return multiple(large) <= 1.5 * multiple(small);
}

export function spreadOf(figures: number[]): Spread {
  const sorted = [...figures].sort((a, b) => a - b);
  return { median: sorted[Math.floor(sorted.length / 2)]!, least: sorted[0]!, most: sorted.at(-1)! };
}

/** Operations a second of `count` operations, `inFlight` at a time. */
export async function rateOf(
  count: number,
  inFlight: number,
  operate: (n: number) => Promise<unknown>,
): Promise<number> {
  let next = 0;
  const began = performance.now();
  await Promise.all(
    Array.from({ length: inFlight }, async () => {
      while (next < count) {
        await operate((next += 1));
      }
    }),
  );
  return (count * 1000) / (performance.now() - began);
}
