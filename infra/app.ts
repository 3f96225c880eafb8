import { App } from 'aws-cdk-lib';
import { ApiStack } from './api-stack';
import { DataStack } from './data-stack';

const app = new App();
const data = new DataStack(app, 'TicketsData', { description: 'Event-driven tickets: the events and the view' });
new ApiStack(app, 'TicketsApi', { description: 'Event-driven tickets: the API and the projector', data });
