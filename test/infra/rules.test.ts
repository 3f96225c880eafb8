import { type App, CfnResource, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { IConstruct } from 'constructs';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stage } from '../support/stages';

const stages = ['dev', 'prod'] as const;
const deployed = { dev: stage('dev'), prod: stage('prod') };

interface Finding {
  rule: string;
  path: string;
}

function findings(app: App, checks = new AwsSolutionsChecks(app)): Finding[] {
  return checks
    .validateScope(app)
    .violations.flatMap(({ ruleName, violatingResources }) =>
      violatingResources.map(({ constructPath = '' }) => ({ rule: ruleName, path: constructPath })),
    );
}

/** What is acknowledged, where, and why. */
function acknowledgments(app: App): (Finding & { reason: string })[] {
  return app.node.findAll().flatMap((construct: IConstruct) =>
    construct.node.metadata
      .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
      .flatMap(({ data }) =>
        Object.entries(data as Record<string, string>).map(([rule, reason]) => ({
          rule: rule.replace(/^annotation::/i, ''),
          path: construct.node.path,
          reason,
        })),
      ),
  );
}

describe.each(stages)('the templates of %s', (name) => {
  const { app, data, api } = deployed[name];

  test('break none of the AWS Solutions rules, but where a reason is given', () => {
    expect(app.node.findAll().filter((construct) => CfnResource.isCfnResource(construct)).length).toBeGreaterThan(50);
    expect(findings(app)).toEqual([]);
  });

  test('acknowledge no rule that is not broken there', () => {
    // As if nothing were acknowledged.
    const all = findings(app, Object.assign(new AwsSolutionsChecks(app), { isAcknowledged: () => false }));
    const given = acknowledgments(app);
    const idle = given.filter(
      ({ rule, path }) => !all.some((each) => each.rule === rule && each.path.startsWith(path)),
    );
    expect(given).not.toEqual([]);
    expect(idle).toEqual([]);
    expect(given.filter(({ reason }) => reason.length < 40)).toEqual([]);
  });

  const cfnLint = spawnSync('cfn-lint', ['--version']).status === 0;
  (cfnLint ? test : test.skip)('pass cfn-lint (skipped where it is not installed: pip install cfn-lint)', () => {
    const folder = mkdtempSync(join(tmpdir(), 'cfn-lint-'));
    try {
      const files = Object.entries({ data, api }).map(([stack, template]) => {
        const file = join(folder, `${stack}.template.json`);
        writeFileSync(file, JSON.stringify(template.toJSON()));
        return file;
      });
      // CDK names dependencies that references imply (W3005); an output may repeat another stack's (W6001).
      execFileSync('cfn-lint', ['--ignore-checks', 'W3005', 'W6001', '--', ...files], { encoding: 'utf8' });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
