import { Match } from 'aws-cdk-lib/assertions';
import { stage } from '../support/stages';

const { api: dev } = stage('dev');
const { api: prod } = stage('prod');

interface Rule {
  Name: string;
  Statement: { ManagedRuleGroupStatement?: { RuleActionOverrides: { Name: string; ActionToUse: unknown }[] } };
}

describe('the API', () => {
  test('tells nobody its schema on prod, and bounds the depth and the resolvers of a request', () => {
    prod.hasResourceProperties('AWS::AppSync::GraphQLApi', {
      IntrospectionConfig: 'DISABLED',
      QueryDepthLimit: 8,
      ResolverCountLimit: 500,
    });
  });

  test('is open to explorers on dev', () => {
    dev.hasResourceProperties('AWS::AppSync::GraphQLApi', {
      IntrospectionConfig: Match.absent(),
      QueryDepthLimit: Match.absent(),
      ResolverCountLimit: Match.absent(),
    });
  });

  test.each([dev, prod])('sends traces, and logs what failed but nothing of what was asked or answered', (template) => {
    template.hasResourceProperties('AWS::AppSync::GraphQLApi', {
      XrayEnabled: true,
      LogConfig: {
        CloudWatchLogsRoleArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('ApiLogsRole'), 'Arn'] },
        FieldLogLevel: 'ERROR',
        ExcludeVerboseContent: true,
      },
    });
    template.hasResourceProperties('AWS::Logs::LogGroup', {
      LogGroupName: { 'Fn::Join': ['', ['/aws/appsync/apis/', { 'Fn::GetAtt': [Match.anyValue(), 'ApiId'] }]] },
      RetentionInDays: 30,
    });
  });
});

describe('the firewall', () => {
  const [acl] = Object.values(prod.findResources('AWS::WAFv2::WebACL')) as { Properties: { Rules: Rule[] } }[];
  const rules = acl!.Properties.Rules;

  test('stands before prod alone', () => {
    prod.hasResourceProperties('AWS::WAFv2::WebACLAssociation', {
      ResourceArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Api'), 'Arn'] },
    });
    dev.resourceCountIs('AWS::WAFv2::WebACL', 0);
  });

  const signed = {
    ByteMatchStatement: {
      FieldToMatch: { SingleHeader: { Name: 'authorization' } },
      PositionalConstraint: 'STARTS_WITH',
      SearchString: 'AWS4-HMAC-SHA256 ',
      TextTransformations: [{ Priority: 0, Type: 'NONE' }],
    },
  };
  const rate = (Name: string, Priority: number, Limit: number, ScopeDownStatement: object) => ({
    ...{ Name, Priority, Action: { Block: {} } },
    Statement: {
      RateBasedStatement: { AggregateKeyType: 'IP', Limit, EvaluationWindowSec: 300, ScopeDownStatement },
    },
  });

  test('has a rate for each address, whatever a request says of itself, and three managed groups', () => {
    prod.hasResourceProperties('AWS::WAFv2::WebACL', {
      Scope: 'REGIONAL',
      DefaultAction: { Allow: {} },
      Rules: [
        // What one leaves out is what the other counts.
        rate('RequestsPerAddress', 0, 3_000, { NotStatement: { Statement: signed } }),
        rate('SignedRequestsPerAddress', 1, 300_000, signed),
        ...[
          'AWSManagedRulesCommonRuleSet',
          'AWSManagedRulesKnownBadInputsRuleSet',
          'AWSManagedRulesAmazonIpReputationList',
        ].map((group, i) => ({
          Name: group,
          Priority: i + 2,
          OverrideAction: { None: {} },
          Statement: { ManagedRuleGroupStatement: { VendorName: 'AWS', Name: group } },
        })),
      ],
    });
  });

  test('blocks nothing for what a body says: a ticket may quote anything', () => {
    const overrides = rules.flatMap(({ Statement }) => Statement.ManagedRuleGroupStatement?.RuleActionOverrides ?? []);
    expect(overrides.map(({ Name }) => Name).sort()).toEqual([
      'CrossSiteScripting_BODY',
      'EC2MetaDataSSRF_BODY',
      'GenericLFI_BODY',
      'GenericRFI_BODY',
      'JavaDeserializationRCE_BODY',
      'Log4JRCE_BODY',
      'ReactJSRCE_BODY',
      'SizeRestrictions_BODY',
      'SizeRestrictions_QUERYSTRING',
    ]);
    expect(overrides.filter(({ ActionToUse }) => JSON.stringify(ActionToUse) !== '{"Count":{}}')).toEqual([]);
  });

  test('logs what it blocked, for a month, without what may hold a token', () => {
    prod.hasResourceProperties('AWS::WAFv2::LoggingConfiguration', {
      RedactedFields: [
        ...['authorization', 'x-api-key', 'x-amz-security-token', 'sec-websocket-protocol', 'cookie'].map((name) => ({
          SingleHeader: { Name: name },
        })),
        { QueryString: {} },
      ],
      LoggingFilter: {
        DefaultBehavior: 'DROP',
        Filters: [{ Behavior: 'KEEP', Conditions: [{ ActionCondition: { Action: 'BLOCK' } }] }],
      },
    });
    prod.hasResourceProperties('AWS::Logs::LogGroup', {
      LogGroupName: Match.stringLikeRegexp('^aws-waf-logs-'),
      RetentionInDays: 30,
    });
    expect(JSON.stringify(acl)).toContain('"SampledRequestsEnabled":false');
    expect(JSON.stringify(acl)).not.toContain('"SampledRequestsEnabled":true');
  });
});
