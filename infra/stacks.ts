import { type App, Tags } from 'aws-cdk-lib';
import { ApiStack } from './api-stack';
import { DataStack } from './data-stack';
import { stageOf } from './stage';
import { WebStack } from './web-stack';

/** The stacks of the context's stage. Their names carry it, so that an account can hold both. */
export function addStacks(app: App): { data: DataStack; api: ApiStack } {
  const stage = stageOf(app.node);
  const data = new DataStack(app, 'TicketsData', {
    stackName: `TicketsData-${stage}`,
    description: 'Event-driven tickets: the events, the view and the users',
    terminationProtection: stage === 'prod',
  });
  const api = new ApiStack(app, 'TicketsApi', {
    stackName: `TicketsApi-${stage}`,
    description: 'Event-driven tickets: the API and the projector',
    stage,
    data,
  });
  if (app.node.tryGetContext('desk')) {
    new WebStack(app, 'TicketsDesk', {
      stackName: `TicketsDesk-${stage}`,
      description: 'Event-driven tickets: the desk as a web page',
      ...{ api, data },
    });
  }
  // What the bill is broken down by. CloudFormation puts no tags on dashboards.
  const but = { excludeResourceTypes: ['AWS::CloudWatch::Dashboard'] };
  Tags.of(app).add('application', 'event-driven-tickets', but);
  Tags.of(app).add('stage', stage, but);
  return { data, api };
}
