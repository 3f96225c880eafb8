import type { Measured } from './rounds';

const WHO = ['floor', 'this system', 'peer'];

/**
 * A line for each measure that has a floor or a peer, with a dot for each contender, as a multiple of ours: whatever the
 * unit, left is better. What is measured by a figure of its own, not by a multiple, is in the table alone.
 */
export function specificationOf(measured: Measured[]): object {
  const lines = measured.filter(({ floor, peer, isAbsolute }) => !isAbsolute && (floor ?? peer));
  const values = lines.flatMap(({ name, unit, better, subject, floor, peer, met }) =>
    Object.entries({ 'this system': subject, floor, peer }).flatMap(([who, spread]) => {
      if (!spread) {
        return [];
      }
      const ratio = spread.median / subject.median;
      const cost = better === 'less' ? ratio : 1 / ratio;
      return [{ name, who, cost, ours: `${figure(subject.median)} ${unit}`, goal: `goal ${met ? 'met' : 'missed'}` }];
    }),
  );
  const y = {
    ...{ field: 'name', type: 'nominal', sort: lines.map(({ name }) => name), title: null },
    axis: { grid: true, domain: false, ticks: false, labelPadding: 8 },
  };
  const cost = { field: 'cost', type: 'quantitative' };
  const column = (x: number, field: string, color: object) => ({
    transform: [{ filter: 'datum.who == "this system"' }],
    mark: { type: 'text', align: 'left', x },
    encoding: { y, text: { field }, color },
  });
  const range = ['#8b93a5', '#3550c8', '#d98324'];
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    title: {
      text: 'Cost of the same work, as a multiple of this system’s: left is cheaper',
      subtitle:
        'Floor: the least that could do the work, by the bare SDK or ws. Peer: castore, one event at a time, graphql-ws.',
      subtitlePadding: 4,
      anchor: 'start',
      offset: 16,
    },
    data: { values },
    ...{ width: WIDTH, height: { step: 26 }, background: 'white', padding: { right: 24, left: 5, top: 5, bottom: 5 } },
    config: { axisY: { labelLimit: 400 } },
    layer: [
      {
        mark: { type: 'rule', color: '#c9cedb', strokeWidth: 3 },
        encoding: { y, x: { aggregate: 'min', ...cost }, x2: { aggregate: 'max', field: 'cost' } },
      },
      {
        mark: { type: 'point', filled: true, size: 110, opacity: 1 },
        encoding: {
          y,
          x: {
            ...cost,
            scale: { type: 'log', nice: false, padding: 12 },
            title: null,
            axis: {
              values: [0.001, 0.01, 0.1, 0.5, 1, 2, 10, 100],
              labelExpr: "format(datum.value, '~g') + ' ×'",
              labelOverlap: false,
            },
          },
          color: { field: 'who', title: null, legend: { orient: 'top' }, scale: { domain: WHO, range } },
          shape: {
            ...{ field: 'who', title: null, legend: { orient: 'top' } },
            scale: { domain: WHO, range: ['triangle-right', 'circle', 'diamond'] },
          },
        },
      },
      column(WIDTH + 14, 'ours', { value: '#3550c8' }),
      column(WIDTH + 160, 'goal', {
        condition: { test: 'datum.goal == "goal met"', value: '#2e7d4f' },
        value: '#b3261e',
      }),
    ],
  };
}

const WIDTH = 460;

function figure(value: number) {
  return value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3);
}

/** The table of the README. */
export function tableOf(measured: Measured[]): string {
  const cell = (spread?: { median: number; least: number; most: number }) =>
    spread ? `${figure(spread.median)} (${figure(spread.least)}–${figure(spread.most)})` : '–';
  const counted = (counts: Record<string, number>) =>
    Object.entries(counts)
      .map(([what, count]) => `${what}: ${count.toLocaleString('en')}`)
      .join('; ');
  const rows = measured.map(({ name, unit, subject, p99, floor, peer, counts = {}, goal, met }) => {
    const ours = `${cell(subject)}${p99 === undefined ? '' : `, p99 ${figure(p99)}`}`;
    const cells = [name, unit, ours, cell(floor), cell(peer), counted(counts), goal, met ? 'met' : 'missed'];
    return `| ${cells.join(' | ')} |`;
  });
  return [
    '| measure | unit | this system | floor | peer | exact | goal | |',
    '|---|---|---|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}
