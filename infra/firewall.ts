import { Names, RemovalPolicy } from 'aws-cdk-lib';
import type { GraphqlApi } from 'aws-cdk-lib/aws-appsync';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CfnLoggingConfiguration, CfnWebACL, CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';

/** Requests of one address in five minutes. An office behind one address has many people. */
const REQUESTS_PER_ADDRESS = 3_000;

/**
 * The same of requests that look signed. The projector publishes each event, and shares addresses with others: this is a
 * thousand a second, three times what one shard of the stream comes to. The header is easily forged, so that it has a
 * limit, too; AppSync refuses a forged signature before it looks at anything else.
 */
const SIGNED_REQUESTS_PER_ADDRESS = 300_000;

/**
 * Rules of the managed groups that count and do not block. They look for attacks in the text of the body, but a ticket
 * may quote any of them: text is any Unicode and comes back as it was sent. The size of a body is AppSync's affair, and
 * what is in it the schema's and the domain's.
 */
const NOT_ENFORCED = {
  AWSManagedRulesCommonRuleSet: [
    'SizeRestrictions_BODY',
    'EC2MetaDataSSRF_BODY',
    'GenericLFI_BODY',
    'GenericRFI_BODY',
    'CrossSiteScripting_BODY',
    // A realtime client may send its token in the query string.
    'SizeRestrictions_QUERYSTRING',
  ],
  AWSManagedRulesKnownBadInputsRuleSet: ['JavaDeserializationRCE_BODY', 'Log4JRCE_BODY', 'ReactJSRCE_BODY'],
  AWSManagedRulesAmazonIpReputationList: [],
};

/** In front of the API: known bad callers, malformed requests, and too many of them. */
export class Firewall extends Construct {
  readonly acl: CfnWebACL;

  constructor(scope: Construct, id: string, { api }: { api: GraphqlApi }) {
    super(scope, id);
    const managed = Object.entries(NOT_ENFORCED).map(([name, counted], i) => managedRules(name, counted, i + 2));
    this.acl = new CfnWebACL(this, 'Acl', {
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      rules: [...rateRules(), ...managed],
      visibilityConfig: visible('Firewall'),
    });
    new CfnWebACLAssociation(this, 'Association', { resourceArn: api.arn, webAclArn: this.acl.attrArn });
    this.logBlocked();
  }

  /** Who was turned away and by which rule. WAF logs no bodies; what of the rest may hold a token is left out. */
  private logBlocked(): void {
    const group = new LogGroup(this, 'Logs', {
      // WAF takes only groups with this prefix.
      logGroupName: `aws-waf-logs-${Names.uniqueResourceName(this, { maxLength: 60 })}`,
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    new CfnLoggingConfiguration(this, 'Logging', {
      resourceArn: this.acl.attrArn,
      logDestinationConfigs: [group.logGroupArn],
      redactedFields: [
        ...['authorization', 'x-api-key', 'x-amz-security-token', 'sec-websocket-protocol', 'cookie'].map((Name) => ({
          singleHeader: { Name },
        })),
        { queryString: {} },
      ],
      loggingFilter: {
        DefaultBehavior: 'DROP',
        Filters: [
          { Behavior: 'KEEP', Requirement: 'MEETS_ANY', Conditions: [{ ActionCondition: { Action: 'BLOCK' } }] },
        ],
      },
    });
  }
}

/** Every request counts for one of the two. */
function rateRules(): CfnWebACL.RuleProperty[] {
  const signed: CfnWebACL.StatementProperty = {
    byteMatchStatement: {
      fieldToMatch: { singleHeader: { Name: 'authorization' } },
      positionalConstraint: 'STARTS_WITH',
      searchString: 'AWS4-HMAC-SHA256 ',
      textTransformations: [{ priority: 0, type: 'NONE' }],
    },
  };
  return [
    rateRule('RequestsPerAddress', 0, REQUESTS_PER_ADDRESS, { notStatement: { statement: signed } }),
    rateRule('SignedRequestsPerAddress', 1, SIGNED_REQUESTS_PER_ADDRESS, signed),
  ];
}

function rateRule(
  name: string,
  priority: number,
  limit: number,
  scopeDownStatement: CfnWebACL.StatementProperty,
): CfnWebACL.RuleProperty {
  return {
    name,
    priority,
    statement: {
      rateBasedStatement: { aggregateKeyType: 'IP', limit, evaluationWindowSec: 300, scopeDownStatement },
    },
    action: { block: {} },
    visibilityConfig: visible(name),
  };
}

function managedRules(name: string, counted: string[], priority: number): CfnWebACL.RuleProperty {
  return {
    name,
    priority,
    statement: {
      managedRuleGroupStatement: {
        vendorName: 'AWS',
        name,
        ruleActionOverrides: counted.map((rule) => ({ name: rule, actionToUse: { count: {} } })),
      },
    },
    overrideAction: { none: {} },
    visibilityConfig: visible(name),
  };
}

/** Sampled requests would show tokens. */
function visible(metricName: string): CfnWebACL.VisibilityConfigProperty {
  return { metricName, cloudWatchMetricsEnabled: true, sampledRequestsEnabled: false };
}
