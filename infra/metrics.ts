import { Duration } from 'aws-cdk-lib';
import type { GraphqlApi } from 'aws-cdk-lib/aws-appsync';
import { MathExpression, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { Operation, type TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { Projector } from './projector';
import type { Tripwire } from './tripwire';

export interface Measured {
  api: GraphqlApi;
  events: TableV2;
  view: TableV2;
  projector: Projector;
  tripwire: Tripwire;
}

export type Metrics = ReturnType<typeof metricsOf>;

const MINUTELY = { period: Duration.minutes(1) };
const FIVE_MINUTELY = { period: Duration.minutes(5) };

/** The numbers that say how the system does; alarms and dashboard are made of them. */
export function metricsOf({ api, events, view, projector, tripwire }: Measured) {
  const ofApi = (metricName: string, statistic: string) =>
    new Metric({
      namespace: 'AWS/AppSync',
      metricName,
      dimensionsMap: { GraphQLAPIId: api.apiId },
      statistic,
      ...FIVE_MINUTELY,
    });
  return {
    requests: ofApi('Requests', Stats.SUM),
    clientErrors: ofApi('4XXError', Stats.SUM),
    serverErrors: ofApi('5XXError', Stats.SUM),
    latency: ofApi('Latency', Stats.AVERAGE),
    slowest: ofApi('Latency', Stats.p(99)),
    connections: ofApi('ActiveConnections', Stats.SUM),
    subscriptions: ofApi('ActiveSubscriptions', Stats.SUM),

    // Written by the projector itself: functions/project/lag.ts.
    projectionLag: new Metric({
      namespace: 'EventDrivenTickets',
      metricName: 'ProjectionLag',
      dimensionsMap: { FunctionName: projector.function.functionName },
      statistic: Stats.p(99),
      ...MINUTELY,
    }),
    iteratorAge: projector.function.metric('IteratorAge', { statistic: Stats.MAXIMUM, ...MINUTELY }),
    deadLetters: projector.deadLetters.metricApproximateNumberOfMessagesVisible({
      statistic: Stats.MAXIMUM,
      ...MINUTELY,
    }),
    projections: projector.function.metricInvocations(FIVE_MINUTELY),
    projectorErrors: projector.function.metricErrors(FIVE_MINUTELY),
    functionThrottles: projector.function.metricThrottles(FIVE_MINUTELY),
    // It is invoked for nothing else, so that the alarm needs no line of its code.
    changedEvents: tripwire.function.metricInvocations(MINUTELY),

    eventThrottles: throttles('events', events, [Operation.GET_ITEM, Operation.QUERY, Operation.PUT_ITEM]),
    viewThrottles: throttles('view', view, [Operation.GET_ITEM, Operation.QUERY, Operation.PUT_ITEM]),
  };
}

/** Requests that DynamoDB throttled, also for an index. SUM adds what there is: most of the time there is nothing. */
function throttles(name: string, table: TableV2, operations: Operation[]): MathExpression {
  const usingMetrics = Object.fromEntries(
    operations.map((operation) => [
      `${name}${operation}`,
      table.metric('ThrottledRequests', {
        dimensionsMap: { TableName: table.tableName, Operation: operation },
        statistic: Stats.SUM,
        ...FIVE_MINUTELY,
      }),
    ]),
  );
  return new MathExpression({
    expression: `SUM([${Object.keys(usingMetrics).join(', ')}])`,
    usingMetrics,
    label: `Throttled requests to the ${name}`,
    ...FIVE_MINUTELY,
  });
}
