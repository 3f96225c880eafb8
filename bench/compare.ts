import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Measured, Spread } from './rounds';

// npm run bench:compare: whether the last two runs agree, by what machines and days have little to do with: ratios to the
// floor or the peer of the same run, and exact counts. A ratio agrees if the ranges of the two runs have a part in common.

const RESULTS = join(__dirname, 'results');

interface Run {
  date: string;
  measured: Measured[];
}

function ratio({ median, least, most }: Spread, to: Spread): Spread {
  return {
    ...{ median: median / to.median, least: least / to.most, most: most / to.least },
  };
}

/** By what it is called: the ranges of the ratios, and the counts. */
function figuresOf({ measured }: Run): Map<string, Spread> {
  return new Map(
    measured.flatMap(({ name, subject, floor, peer, counts = {} }): [string, Spread][] => [
      ...(floor ? [[`${name} / floor`, ratio(subject, floor)] as [string, Spread]] : []),
      ...(peer ? [[`${name} / peer`, ratio(subject, peer)] as [string, Spread]] : []),
      ...Object.entries(counts).map(([what, count]): [string, Spread] => [
        `${name}: ${what}`,
        { median: count, least: count, most: count },
      ]),
    ]),
  );
}

const [before, after] = readdirSync(RESULTS)
  .filter((file) => /^\d{4}-/.test(file))
  .sort()
  .slice(-2)
  .map((file) => JSON.parse(readFileSync(join(RESULTS, file), 'utf8')) as Run);
if (!before || !after) {
  console.error('There must be two runs in bench/results to compare: npm run bench makes one.');
  process.exit(1);
}
const earlier = figuresOf(before);

function shown({ median, least, most }: Spread) {
  return least === most ? String(median) : `${median.toPrecision(3)} (${least.toPrecision(3)}–${most.toPrecision(3)})`;
}

const rows = [...figuresOf(after)].flatMap(([name, now]) => {
  const then = earlier.get(name);
  const agrees = then && then.least <= now.most && now.least <= then.most;
  return then
    ? [{ name, text: `| ${name} | ${shown(then)} | ${shown(now)} | ${agrees ? 'yes' : 'no'} |`, agrees }]
    : [];
});
console.log([`| ratio or count | ${before.date} | ${after.date} | agree |`, '|---|---|---|---|'].join('\n'));
rows.forEach(({ text }) => console.log(text));
const strangers = rows.filter(({ agrees }) => !agrees).length;
console.log(`\n${rows.length - strangers} of ${rows.length} agree.`);
process.exit(strangers > 0 ? 1 : 0);
