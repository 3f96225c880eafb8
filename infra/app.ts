import { App } from 'aws-cdk-lib';
import { ApiStack } from './api-stack';
import { DataStack } from './data-stack';
import { stageOf } from './stage';

const app = new App();
const data = new DataStack(app, 'TicketsData', {
  description: 'Event-driven tickets: the events, the view and the users',
});
new ApiStack(app, 'TicketsApi', {
  description: 'Event-driven tickets: the API and the projector',
  stage: stageOf(app.node),
  data,
});
