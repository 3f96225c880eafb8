import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import type { CfnGraphQLApi, GraphqlApi } from 'aws-cdk-lib/aws-appsync';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

/**
 * What AppSync writes down of each request: what failed and how long it took, and nothing of what was in it. (The
 * construct's own logging would add a Lambda function that may change every log group of the account.)
 */
export class ApiLogs extends Construct {
  constructor(scope: Construct, id: string, { api }: { api: GraphqlApi }) {
    super(scope, id);
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('appsync.amazonaws.com') });
    (api.node.defaultChild as CfnGraphQLApi).logConfig = {
      cloudWatchLogsRoleArn: role.roleArn,
      fieldLogLevel: 'ERROR',
      // Verbose content is headers, so tokens, and evaluated requests and answers, so what tickets say.
      excludeVerboseContent: true,
    };
    Validations.of(api).acknowledge({
      id: 'AwsSolutions-ASC3',
      reason: 'Requests are logged without what is in them: the rule asks for their verbose content.',
    });
    // The group that AppSync would make itself, for ever.
    const group = new LogGroup(this, 'Group', {
      logGroupName: `/aws/appsync/apis/${api.apiId}`,
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    group.grantWrite(role);
  }
}
