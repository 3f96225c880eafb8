import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { Stack } from 'aws-cdk-lib';
import type { Metrics } from './metrics';

export interface AlarmsProps {
  metrics: Metrics;
  /** Who is told, by mail. Without it nobody is, until somebody subscribes to the topic. */
  email?: string;
}

interface Rule {
  metric: IMetric;
  atLeast: number;
  /** How many periods in a row. Default 1. */
  periods?: number;
  /** For who is woken up by it: what it means and where to begin. */
  means: string;
}

/** What somebody should look at, told to the subscribers of one topic. No data is no reason: an idle system is well. */
export class Alarms extends Construct {
  readonly topic: Topic;
  readonly all: Alarm[];

  constructor(scope: Construct, id: string, { metrics, email }: AlarmsProps) {
    super(scope, id);
    this.topic = this.alarmTopic();
    if (email) {
      this.topic.addSubscription(new EmailSubscription(email));
    }
    this.all = Object.entries(rules(metrics)).map(([name, rule]) => this.alarm(name, rule));
  }

  private alarm(name: string, { metric, atLeast, periods = 1, means }: Rule): Alarm {
    const alarm = new Alarm(this, name, {
      alarmDescription: means,
      metric,
      threshold: atLeast,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: periods,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(this.topic));
    alarm.addOkAction(new SnsAction(this.topic));
    return alarm;
  }

  private alarmTopic(): Topic {
    const topic = new Topic(this, 'Topic', { displayName: 'Event-driven tickets: alarms', enforceSSL: true });
    // A topic with a policy of its own loses the default one, by which the account's alarms could publish.
    topic.addToResourcePolicy(
      new PolicyStatement({
        effect: Effect.ALLOW,
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
    return topic;
  }
}

const MINUTE = Duration.minutes(1).toMilliseconds();

function rules(metrics: Metrics): Record<string, Rule> {
  return {
    EventsChanged: {
      metric: metrics.changedEvents,
      atLeast: 1,
      means: 'An event was changed or removed. Nothing of this system does that. The log of the tripwire names it.',
    },
    DeadLetters: {
      metric: metrics.deadLetters,
      atLeast: 1,
      means: 'An event could not be projected and was given up on. The view lacks it until it is redriven.',
    },
    IteratorAge: {
      metric: metrics.iteratorAge,
      atLeast: MINUTE,
      periods: 5,
      means: 'The projector is a minute behind the stream and does not catch up: it fails, is throttled or too slow.',
    },
    ProjectionLag: {
      metric: metrics.projectionLag,
      atLeast: 10_000,
      periods: 5,
      means: 'For five minutes the view has shown changes ten seconds late or later.',
    },
    ServerErrors: {
      metric: metrics.serverErrors,
      atLeast: 5,
      means: 'The API answered five requests in five minutes with an error of its own.',
    },
    FunctionThrottles: {
      metric: metrics.functionThrottles,
      atLeast: 1,
      means: 'Lambda would not run the projector: the concurrency of the account is used up.',
    },
    EventThrottles: {
      metric: metrics.eventThrottles,
      atLeast: 1,
      means: 'DynamoDB throttled reads or writes of events: commands fail. One ticket may be too busy.',
    },
    ViewThrottles: {
      metric: metrics.viewThrottles,
      atLeast: 1,
      means:
        'DynamoDB throttled reads or writes of the view: lists fail or changes come late. An index may be too busy.',
    },
  };
}
