import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadPeers } from '../peers';
import { type Parameters, TODAY } from './parameters';
import { type Load, type Point, simulate } from './simulate';

// npm run bench:simulate: what docs/scale.md shows. The same figures each time.

const SEED = 1;

function steady(rate: number): Load {
  return { name: `${rate.toLocaleString('en')}/s`, seconds: 600, spread: () => rate };
}

const bursts: Load = {
  name: '100/s, with 30 s of 2,000/s every 5 min',
  seconds: 900,
  spread: (at) => (at % 300 >= 60 && at % 300 < 90 ? 2_000 : 100),
};
const hotTicket: Load = {
  name: '100/s, and one ticket of 200/s for 2 min',
  seconds: 600,
  spread: () => 100,
  hot: (at) => (at >= 60 && at < 180 ? 200 : 0),
};
const spreadOut: Parameters = { ...TODAY, listings: 32 };

const RUNS: { figure: string; load: Load; parameters: Parameters; label?: string }[] = [
  ...[100, 400, 1_000].map((rate) => ({ figure: 'steady', load: steady(rate), parameters: TODAY })),
  { figure: 'burst', load: bursts, parameters: TODAY },
  { figure: 'burst', load: bursts, parameters: spreadOut, label: 'the same, list over 32 keys' },
  { figure: 'hot', load: hotTicket, parameters: TODAY },
  { figure: 'large', load: steady(10_000), parameters: TODAY, label: '10,000/s, today' },
  { figure: 'large', load: steady(10_000), parameters: spreadOut, label: '10,000/s, list over 32 keys' },
];

const TITLES: Record<string, string> = {
  steady: 'Age of the oldest event that is not in the view, steady load',
  burst: 'The same, with bursts',
  hot: 'The same, with a hot ticket',
  large: 'The same, at 10,000 commands a second',
};

async function main(): Promise<void> {
  const runs = RUNS.map(({ figure, load, parameters, label = load.name }) => ({
    ...{ figure, label },
    ...simulate(load, parameters, SEED),
  }));
  const results = join(__dirname, '..', 'results');
  mkdirSync(results, { recursive: true });
  const summary = runs.map(({ label, points, totals }) => ({
    label,
    'highest age (s)': round(Math.max(...points.map(({ iteratorAge }) => iteratorAge))),
    'age at the end (s)': round(points.at(-1)!.iteratorAge),
    'most behind (events)': Math.round(Math.max(...points.map(({ behind }) => behind))),
    'most throttled (commands)': Math.round(Math.max(...points.map(({ throttled }) => throttled))),
    'highest heat': round(Math.max(...points.map(({ heat }) => heat))),
    partitions: points.at(-1)!.partitions,
    'projected of stored': round(totals.projected / totals.stored),
  }));
  writeFileSync(join(results, 'simulate.json'), `${JSON.stringify({ seed: SEED, today: TODAY, summary }, null, 2)}\n`);
  console.table(summary);

  const { draw } = await loadPeers();
  for (const figure of Object.keys(TITLES)) {
    const series = runs.filter((run) => run.figure === figure);
    writeFileSync(
      join(__dirname, '..', '..', 'docs', 'images', `scale-${figure}.svg`),
      await draw(plotOf(TITLES[figure]!, series)),
    );
  }
}

function round(figure: number) {
  return Math.round(figure * 100) / 100;
}

function plotOf(title: string, series: { label: string; points: Point[] }[]): object {
  const values = series.flatMap(({ label, points }) =>
    points.filter((_, i) => i % 20 === 19).map(({ at, iteratorAge }) => ({ label, at, iteratorAge })),
  );
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    ...{ title, width: 560, height: 220, background: 'white', data: { values } },
    mark: { type: 'line', strokeWidth: 2 },
    encoding: {
      x: { field: 'at', type: 'quantitative', title: 'seconds' },
      y: { field: 'iteratorAge', type: 'quantitative', title: 'seconds behind' },
      color: { field: 'label', title: null, legend: { orient: 'bottom', labelLimit: 320, columns: 1 } },
    },
  };
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
