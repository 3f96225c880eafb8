import { AlarmStatusWidget, Dashboard, GraphWidget, type IAlarm, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Metrics } from './metrics';
import type { Stage } from './stage';

export interface StageDashboardProps {
  stage: Stage;
  alarms: IAlarm[];
  metrics: Metrics;
}

/** One page, in the order in which a change goes through the system. */
export class StageDashboard extends Construct {
  constructor(scope: Construct, id: string, { stage, alarms, metrics }: StageDashboardProps) {
    super(scope, id);
    new Dashboard(this, 'Page', {
      // Names of dashboards are the account's, whatever the region.
      dashboardName: `tickets-${stage}-${Stack.of(this).region}`,
      widgets: [
        [new AlarmStatusWidget({ title: 'Alarms', alarms, width: 24 })],
        [
          graph('Requests, and those that failed', metrics.requests, metrics.clientErrors, metrics.serverErrors),
          graph('Latency of the API in ms: average, p99', metrics.latency, metrics.slowest),
          graph('Subscribers', metrics.connections, metrics.subscriptions),
        ],
        [
          graph('Lag of the view in ms: p99', metrics.projectionLag),
          graph('Age of the stream in ms: maximum', metrics.iteratorAge),
          graph('Invocations of the projector, and those that failed', metrics.projections, metrics.projectorErrors),
        ],
        [
          graph('Dead letters', metrics.deadLetters),
          graph('Throttled', metrics.functionThrottles, metrics.eventThrottles, metrics.viewThrottles),
          graph('Events that were changed or removed', metrics.changedEvents),
        ],
      ],
    });
  }
}

function graph(title: string, ...left: IMetric[]): GraphWidget {
  return new GraphWidget({ title, left, width: 8, leftYAxis: { min: 0 } });
}
