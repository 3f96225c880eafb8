import { deployment, UsageError } from '../../tools/deploy/command';

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

  test.each([[[]], [['--stage']], [['--stage', 'test']], [['prod']]])('does nothing without a stage: %j', (args) => {
    expect(() => deployment(args)).toThrow(UsageError);
  });
});
