import { createHash } from 'node:crypto';
import { ACCOUNT, REGION } from './account';

/** What a resource answers to Ref and GetAtt once it exists. */
export interface PhysicalResource {
  ref: string;
  attributes: Record<string, unknown>;
}

/** A property of a resource with its references resolved; undefined if the template does not have it. */
export type Value = (property: string) => unknown;

/**
 * What resources of one type answer to Ref and GetAtt, as CloudFormation documents it. `name` is made of stack and
 * logical id, so it is the same at every start; `endpoint` is where the system answers, without a path.
 */
export type Naming = (name: string, value: Value, endpoint: string) => PhysicalResource;

/** The types of resources that somebody knows, by their CloudFormation names. */
export type ResourceTypes = Readonly<Record<string, Naming>>;

/** A resource whose name is all that matters, and which has an ARN for those who only mention it. */
export function byName(name: string): PhysicalResource {
  return { ref: name, attributes: { Arn: arn('local', name) } };
}

/** What is CloudFormation's own, whatever services there are. */
export const TEMPLATE_TYPES: ResourceTypes = {
  'AWS::CDK::Metadata': byName,
  'AWS::CloudFormation::Stack': byName,
};

/** 26 hexadecimal digits that stand for a text. */
export function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 26);
}

export function arn(service: string, resource: string): string {
  return `arn:aws:${service}:${REGION}:${ACCOUNT}:${resource}`;
}
