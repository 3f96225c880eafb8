import { App } from 'aws-cdk-lib';
import { addStacks } from './stacks';

addStacks(new App());
