import { command, deployment } from '../../tools/deploy/command';

command.exitOverride().configureOutput({ writeErr: () => undefined });

describe('npm run deploy', () => {
  test('deploys both stacks of the stage and keeps their outputs', () => {
    expect(deployment(['--stage', 'prod'])).toEqual({
      outputs: 'outputs.prod.json',
      args: ['deploy', '--all', '--context', 'stage=prod', '--outputs-file', 'outputs.prod.json'],
    });
  });

  test('hands the other flags on, wherever they stand', () => {
    const { args } = deployment(['--profile', 'me', '--stage', 'dev', '--require-approval', 'never']);
    expect(args.slice(-4)).toEqual(['--profile', 'me', '--require-approval', 'never']);
  });

  test.each<[string[], string]>([
    [[], 'not specified'],
    [['prod'], 'not specified'],
    [['--profile', 'me'], 'not specified'],
    [['--stage'], 'missing'],
    [['--stage', 'test'], 'Allowed choices are dev, prod'],
    [['--stage', '--profile', 'me'], 'Allowed choices are dev, prod'],
  ])('does nothing without a stage: %j', (args, words) => {
    expect(() => deployment(args)).toThrow(words);
  });
});
