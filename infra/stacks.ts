import { type App, Tags } from 'aws-cdk-lib';
import { ApiStack } from './api-stack';
import { DataStack } from './data-stack';
import { settingsOf } from './stage';
import type { Views } from './views';
import { WebStack } from './web-stack';

export interface StackOptions {
  /** Default: those of `infra/views.ts`. */
  views?: Views;
  /** The pages of the desk. Default: what `npm run build:web` wrote. */
  pages?: string;
}

/** The stacks of the context's stage. Their names carry it, so that an account can hold both. */
export function addStacks(
  app: App,
  { views, pages }: StackOptions = {},
): { data: DataStack; api: ApiStack; desk?: WebStack } {
  const settings = settingsOf(app.node);
  const { stage } = settings;
  const data = new DataStack(app, 'TicketsData', {
    stackName: `TicketsData-${stage}`,
    description: 'Event-driven tickets: the events, the view and the users',
    terminationProtection: stage === 'prod',
    ...{ stage, views },
  });
  const api = new ApiStack(app, 'TicketsApi', {
    stackName: `TicketsApi-${stage}`,
    description: 'Event-driven tickets: the API and the projector',
    ...{ settings, data },
  });
  const desk = settings.desk
    ? new WebStack(app, 'TicketsDesk', {
        stackName: `TicketsDesk-${stage}`,
        description: 'Event-driven tickets: the desk as a web page',
        ...{ stage, api, data, pages },
      })
    : undefined;
  // What the bill is broken down by. CloudFormation puts no tags on dashboards.
  const but = { excludeResourceTypes: ['AWS::CloudWatch::Dashboard'] };
  Tags.of(app).add('application', 'event-driven-tickets', but);
  Tags.of(app).add('stage', stage, but);
  return { data, api, desk };
}
