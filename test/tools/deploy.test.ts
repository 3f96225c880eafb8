import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { context } from '../../cdk.json';
import { EVENT_SCHEMA } from '../../domain/events';
import { command, deployment } from '../../tools/deploy/command';
import { type CliResult, deployedApi } from '../../tools/deploy/deployed';
import { keepOutputs } from '../../tools/deploy/outputs';
import { refusal } from '../../tools/deploy/refuse';

command.exitOverride().configureOutput({ writeErr: () => undefined });

const withDesk = { prod: { desk: true, view: 'View' } };
const withoutDesk = { prod: { desk: false, view: 'View' }, dev: { desk: false, view: 'View' } };

function argsOf(args: string[], stages: unknown = withoutDesk) {
  return deployment(args, stages).args('o.json');
}

describe('npm run deploy', () => {
  test('deploys the stacks of the stage and keeps their outputs', () => {
    const { outputs, stacks } = deployment(['--stage', 'prod'], withoutDesk);
    expect({ outputs, stacks }).toEqual({
      outputs: 'outputs.prod.json',
      stacks: 'TicketsData-prod, TicketsApi-prod',
    });
    expect(argsOf(['--stage', 'prod'])).toEqual([
      ...['deploy', '--all', '--context', 'stage=prod', '--outputs-file', 'o.json'],
    ]);
    expect(deployment(['--stage', 'prod'], withDesk).stacks).toBe(
      'TicketsData-prod, TicketsApi-prod, TicketsDesk-prod',
    );
  });

  test.each([
    [withDesk, 'TicketsApi-prod, TicketsDesk-prod', ['TicketsApi', 'TicketsDesk', '--exclusively']],
    [withoutDesk, 'TicketsApi-prod', ['TicketsApi', '--exclusively']],
  ])('rolls back stacks by name, never the one of the data: %j', (stages, words, names) => {
    const args = ['--rollback', '--stage', 'prod', '--require-approval', 'never'];
    expect(deployment(args, stages)).toMatchObject({ rollback: true, stacks: words });
    expect(argsOf(args, stages)).toEqual([
      ...['deploy', ...names, '--context', 'stage=prod', '--outputs-file', 'o.json', '--require-approval', 'never'],
    ]);
  });

  test('hands the other flags on, wherever they stand', () => {
    const args = argsOf(['--require-approval', 'never', '--profile', 'me', '--stage', 'dev', '--no-rollback']);
    expect(args.slice(-5)).toEqual(['--profile', 'me', '--require-approval', 'never', '--no-rollback']);
    expect(argsOf(['--stage', 'dev'])).not.toContain('--profile');
  });

  test.each<[string[], string]>([
    [[], 'not specified'],
    [['prod'], 'not specified'],
    [['--profile', 'me'], 'not specified'],
    [['--stage'], 'missing'],
    [['--stage', 'test'], 'Allowed choices are dev, prod'],
    [['--stage', '--profile', 'me'], 'Allowed choices are dev, prod'],
  ])('does nothing without a stage: %j', (args, words) => {
    expect(() => deployment(args, withoutDesk)).toThrow(words);
  });

  test('does nothing with a setting that is no setting', () => {
    expect(() => deployment(['--stage', 'prod'], { prod: { desk: 'false', view: 'View' } })).toThrow(
      'context.stages.prod.desk in cdk.json must be true or false, not "false".',
    );
  });
});

describe('a deployment is refused', () => {
  const now = Date.UTC(2027, 0, 1);
  const prod = { settings: { stage: 'prod' as const, desk: false, view: 'View' }, rollback: false };
  const dev = { settings: { stage: 'dev' as const, desk: false, view: 'View' }, rollback: false };

  test.each([false, true])('if the log has events that this code can not read (rollback: %j)', (rollback) => {
    expect(refusal({ ...prod, rollback }, { eventSchema: EVENT_SCHEMA + 1 }, {}, now)).toMatch(
      `writes events of schema ${EVENT_SCHEMA + 1}, and this checkout reads them up to ${EVENT_SCHEMA}`,
    );
    expect(refusal({ ...prod, rollback }, { eventSchema: EVENT_SCHEMA }, {}, now)).toBeUndefined();
    expect(refusal({ ...prod, rollback }, { eventSchema: EVENT_SCHEMA - 1 }, {}, now)).toBeUndefined();
    expect(refusal({ ...prod, rollback }, {}, {}, now)).toBeUndefined();
  });

  test('if there is nothing to roll back; a first deployment is not', () => {
    expect(refusal({ ...prod, rollback: true }, undefined, {}, now)).toMatch('nothing to roll back');
    expect(refusal(prod, undefined, {}, now)).toBeUndefined();
  });

  test.each<[unknown, string]>([
    [undefined, 'is missing'],
    ['2026-12-31', 'is "2026-12-31"'],
    ['2027-01-01', 'is "2027-01-01"'],
    ['2028-01-02', 'is "2028-01-02"'],
    ['soon', 'is "soon"'],
  ])('on dev if its key could not be made: %j', (apiKeyExpires, words) => {
    expect(refusal(dev, {}, { apiKeyExpires }, now)).toBe(
      `apiKeyExpires in cdk.json ${words}: set a date from a day to 365 days ahead, such as "2027-12-31".`,
    );
    expect(refusal(prod, {}, { apiKeyExpires }, now)).toBeUndefined();
  });

  test.each(['2027-01-02', '2028-01-01'])('but not if AppSync takes the date: %s', (apiKeyExpires) => {
    expect(refusal(dev, {}, { apiKeyExpires }, now)).toBeUndefined();
  });
});

describe('what is deployed', () => {
  const answers = (result: Partial<CliResult>) => (args: string[]) => {
    expect(args.slice(0, 4)).toEqual(['cloudformation', 'describe-stacks', '--stack-name', 'TicketsApi-prod']);
    return { status: 0, stdout: '', stderr: '', ...result };
  };
  const stack = (...Outputs: unknown[]) => ({ stdout: JSON.stringify({ Stacks: [{ Outputs }] }) });

  test('names the schema of its events, unless it is older than that', () => {
    const output = { OutputKey: 'EventSchema', OutputValue: '12' };
    expect(deployedApi('prod', 'me', answers(stack(output)))).toEqual({ eventSchema: 12 });
    expect(deployedApi('prod', 'me', answers(stack()))).toEqual({});
    expect(deployedApi('prod', 'me', answers({ stdout: '{"Stacks": [{}]}' }))).toEqual({});
  });

  test('may be nothing', () => {
    const stderr = 'An error occurred (ValidationError): Stack with id TicketsApi-prod does not exist';
    expect(deployedApi('prod', undefined, answers({ status: 254, stderr }))).toBeUndefined();
  });

  test('is not guessed where AWS can not be asked', () => {
    const credentials = answers({ status: 253, stderr: 'Unable to locate credentials. Run "aws login".\n' });
    expect(() => deployedApi('prod', undefined, credentials)).toThrow('Unable to locate credentials');
    const noCli = answers({ status: null, error: new Error('spawnSync aws ENOENT') });
    expect(() => deployedApi('prod', undefined, noCli)).toThrow('needs the AWS CLI');
  });
});

test('outputs of stacks that were not deployed this time are kept', () => {
  const folder = mkdtempSync(join(tmpdir(), 'outputs-'));
  try {
    const [deployed, file] = [join(folder, 'deployed.json'), join(folder, 'outputs.json')];
    writeFileSync(deployed, '{"Data": {"EventsTable": "e"}, "Api": {"ViewTable": "v1", "Old": "o"}}');
    keepOutputs(deployed, file);
    writeFileSync(deployed, '{"Api": {"ViewTable": "v2"}}');
    keepOutputs(deployed, file);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ Data: { EventsTable: 'e' }, Api: { ViewTable: 'v2' } });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('cdk.json has settings that are right for each stage', () => {
  for (const stage of ['dev', 'prod'] as const) {
    expect(deployment(['--stage', stage], context.stages).settings.stage).toBe(stage);
  }
});
