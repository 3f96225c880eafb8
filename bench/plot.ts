import type { Measured } from './rounds';

/** For each measure with a floor or a peer a dot for each contender, as a multiple of ours: whatever the unit, left is better. */
export function specificationOf(measured: Measured[]): object {
  const values = measured
    .filter(({ floor, peer }) => floor ?? peer)
    .flatMap(({ name, better, subject, floor, peer }) =>
      Object.entries({ 'this system': subject, floor, peer }).flatMap(([who, spread]) => {
        if (!spread) return [];
        const ratio = spread.median / subject.median;
        return [{ name, who, cost: better === 'less' ? ratio : 1 / ratio }];
      }),
    );
  const who = ['floor', 'this system', 'peer'];
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    title: 'Cost of the same work, as a multiple of this system: left is cheaper',
    data: { values },
    ...{ width: 440, height: { step: 26 }, background: 'white' },
    mark: { type: 'point', filled: true, size: 110, opacity: 1 },
    encoding: {
      y: { field: 'name', type: 'nominal', sort: null, title: null, axis: { labelLimit: 320, grid: true } },
      x: {
        field: 'cost',
        type: 'quantitative',
        scale: { type: 'log' },
        title: 'times as much',
        axis: { format: '~g' },
      },
      color: { field: 'who', title: null, scale: { domain: who, range: ['#8b93a5', '#3550c8', '#d98324'] } },
      shape: { field: 'who', title: null, scale: { domain: who, range: ['triangle-right', 'circle', 'diamond'] } },
    },
  };
}

/** The table of the README. */
export function tableOf(measured: Measured[]): string {
  const figure = (value: number) => (value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3));
  const cell = (spread?: { median: number; least: number; most: number }) =>
    spread ? `${figure(spread.median)} (${figure(spread.least)}–${figure(spread.most)})` : '–';
  const rows = measured.map(
    ({ name, unit, subject, floor, peer, counts = {}, goal, met }) =>
      `| ${name} | ${unit} | ${cell(subject)} | ${cell(floor)} | ${cell(peer)} | ${Object.entries(counts)
        .map(([what, count]) => `${what}: ${count.toLocaleString('en')}`)
        .join('; ')} | ${goal} | ${met ? 'met' : 'missed'} |`,
  );
  return [
    '| measure | unit | this system | floor | peer | exact | goal | |',
    '|---|---|---|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}
