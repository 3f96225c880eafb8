import { CURRENTLY_RECOMMENDED_FLAGS } from 'aws-cdk-lib/cx-api';
import { readFileSync } from 'node:fs';
import { context } from '../../cdk.json';

const recommended = CURRENTLY_RECOMMENDED_FLAGS as Record<string, unknown>;

/** The flags of the table in the documentation, which are not set as CDK recommends. */
function documented(): string[] {
  const section = readFileSync('docs/decisions.md', 'utf8').split('\n## Feature flags of CDK')[1]!.split('\n## ')[0]!;
  return [...section.matchAll(/^\| `(@[^`]+)` \| .{40,} \|$/gm)].map(([, flag]) => flag!);
}

test('each feature flag is as CDK recommends, or is listed with the reason why not', () => {
  const given: Record<string, unknown> = context;
  const others = Object.keys(recommended).filter(
    (flag) => JSON.stringify(given[flag]) !== JSON.stringify(recommended[flag]),
  );
  expect(others.length).toBeLessThan(Object.keys(recommended).length / 2);
  expect(others.sort()).toEqual(documented().sort());
});

test('cdk.json sets no flag that CDK does not know any more', () => {
  const flags = Object.keys(context).filter((key) => key.startsWith('@'));
  expect(flags.filter((flag) => !(flag in recommended))).toEqual([]);
});
