const { relative } = require('node:path');

const MOST = 10;

/** A Jest reporter: at the end of a run of many files, the files and the tests that took longest. */
module.exports = class SlowestTests {
  onRunComplete(_, { testResults }) {
    if (testResults.length <= MOST) {
      return;
    }
    const files = testResults.map(({ testFilePath, perfStats, displayName }) => ({
      name: `${displayName?.name ?? ''} ${relative(process.cwd(), testFilePath)}`.trim(),
      ms: perfStats.end - perfStats.start,
    }));
    const tests = testResults.flatMap(({ testFilePath, testResults: each }) =>
      each.map(({ fullName, duration }) => ({
        name: `${relative(process.cwd(), testFilePath)}: ${fullName}`,
        ms: duration ?? 0,
      })),
    );
    process.stderr.write(
      `${table('Slowest files', files)}${table('Slowest tests, without what their files prepare', tests)}`,
    );
  }
};

function table(title, rows) {
  const slowest = rows.sort((a, b) => b.ms - a.ms).slice(0, MOST);
  const lines = slowest.map(({ name, ms }) => `  ${(ms / 1000).toFixed(1).padStart(6)} s  ${name}\n`);
  return `\n${title}\n${lines.join('')}`;
}
