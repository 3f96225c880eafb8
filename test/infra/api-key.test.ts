import { Annotations, Match, type Template } from 'aws-cdk-lib/assertions';
import { stage } from '../support/stages';

function keysOf(api: Template) {
  return Object.entries(
    api.findResources('AWS::AppSync::ApiKey') as Record<string, { Properties: { Expires?: number } }>,
  );
}

describe('the key of dev', () => {
  afterEach(() => jest.restoreAllMocks());

  test.each([undefined, '2020-01-01'])(
    'stops nothing that runs here with the date %s: a warning says what to set',
    (apiKeyExpires) => {
      // CDK prints warnings.
      jest.spyOn(console, 'error').mockReturnValue();
      const { app, api } = stage('dev', { apiKeyExpires });
      expect(keysOf(api).map(([, { Properties }]) => Properties.Expires)).toEqual([undefined]);
      const [apiStack] = app.node.children.filter(({ node }) => node.id === 'TicketsApi');
      Annotations.fromStack(apiStack as never).hasWarning(
        '*',
        Match.stringLikeRegexp('set a date from a day to 365 days ahead, such as "\\d{4}-\\d\\d-\\d\\d"'),
      );
    },
  );

  test('is replaced by another one, and not kept, when it gets another name', () => {
    const [now, next] = [stage('dev'), stage('dev', { apiKeyName: 'Second' })].map(({ api }) => keysOf(api));
    expect(now).toHaveLength(1);
    expect(next).toHaveLength(1);
    expect(next![0]![0]).not.toBe(now![0]![0]);
    expect(next![0]![1].Properties).toEqual(now![0]![1].Properties);
  });
});
