import type { Measured } from './rounds';

/** For each measure a bar for each contender, as a multiple of ours: whatever the unit, longer is worse. */
export function specificationOf(measured: Measured[]): object {
  const values = measured.flatMap(({ name, better, subject, floor, peer }) =>
    Object.entries({ 'this system': subject, floor, peer }).flatMap(([who, spread]) => {
      if (!spread) return [];
      const ratio = spread.median / subject.median;
      return [{ name, who, cost: better === 'less' ? ratio : 1 / ratio }];
    }),
  );
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    title: 'Cost of the same work, as a multiple of this system (shorter is better)',
    data: { values },
    width: 420,
    background: 'white',
    mark: { type: 'bar', tooltip: false },
    encoding: {
      y: { field: 'name', type: 'nominal', sort: null, title: null, axis: { labelLimit: 260 } },
      yOffset: { field: 'who', sort: ['floor', 'this system', 'peer'] },
      x: { field: 'cost', type: 'quantitative', scale: { type: 'log', domainMin: 0.05 }, title: 'times as much' },
      color: {
        field: 'who',
        title: null,
        sort: ['floor', 'this system', 'peer'],
        scale: { domain: ['floor', 'this system', 'peer'], range: ['#9aa3b5', '#3550c8', '#d98324'] },
      },
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
