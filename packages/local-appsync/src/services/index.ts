import type { ResourceTypes } from '../cloudformation/physical';
import { appsync } from './appsync';
import { cognito } from './cognito';
import { dynamodb } from './dynamodb';
import { iam } from './iam';
import { lambda } from './lambda';
import { logs } from './logs';
import type { Service } from './service';
import { sqs } from './sqs';

/**
 * The AWS services that run here, each after those that it needs. Tables come first: the ARNs of their streams, which
 * roles and functions name, are known only once they are made.
 */
export const SERVICES: readonly Service[] = [dynamodb, iam, logs, sqs, cognito, lambda, appsync];

/** The types of resources that these services know. */
export function resourceTypes(services: readonly Service[]): ResourceTypes {
  return Object.assign({}, ...services.map((service) => service.resourceTypes)) as ResourceTypes;
}
