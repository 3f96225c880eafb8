import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { join } from 'node:path';
import { context } from '../../cdk.json';
import { addStacks } from '../../infra/stacks';
import type { Stage } from '../../infra/stage';
import type { Views } from '../../infra/views';

/** Stands for what `npm run build:web` writes. */
const PAGES = join(__dirname, 'pages');

const IN_100_DAYS = new Date(Date.now() + 100 * 86_400_000).toISOString().slice(0, 10);

/** A stage as it would be deployed, but for the functions' code. */
export function stage(name: Stage, more: Record<string, unknown> = {}, views?: Views) {
  const synthesis = { 'aws:cdk:bundling-stacks': [], 'aws:cdk:enable-path-metadata': true };
  // What is set in cdk.json is for those who deploy.
  const settings = withSettings(name, { desk: false, view: 'View' });
  const app = new App({
    context: { ...context, apiKeyExpires: IN_100_DAYS, ...synthesis, ...settings, stage: name, ...more },
  });
  const { data, api, desk } = addStacks(app, { views, pages: PAGES });
  return {
    app,
    data: Template.fromStack(data),
    api: Template.fromStack(api),
    desk: desk && Template.fromStack(desk),
  };
}

/** The context in which the stage has other settings than in cdk.json. */
export function withSettings(name: Stage, settings: { desk?: boolean; view?: string }) {
  return { stages: { ...context.stages, [name]: { ...context.stages[name], ...settings } } };
}

export interface Statement {
  Effect: 'Allow' | 'Deny';
  Action: string | string[];
  Resource?: unknown;
}

export interface RoleRights {
  /** Where the role stands in its stack: `Projector/Role`. */
  role: string;
  managedPolicies: unknown[];
  statements: Statement[];
}

interface RoleResource {
  Metadata: Record<string, string>;
  Properties: { ManagedPolicyArns?: unknown[]; Policies?: PolicyProperties[] };
}

interface PolicyProperties {
  PolicyDocument: { Statement: Statement[] };
  Roles?: unknown[];
}

/** Each role of a template, with all that it may. */
export function rolesOf(template: Template): RoleRights[] {
  const policies = [
    ...Object.values(template.findResources('AWS::IAM::Policy')),
    ...Object.values(template.findResources('AWS::IAM::ManagedPolicy')),
  ].map((policy) => (policy as { Properties: PolicyProperties }).Properties);
  const roles = Object.entries(template.findResources('AWS::IAM::Role')) as [string, RoleResource][];
  return roles.map(([id, { Metadata, Properties }]) => {
    const attached = policies.filter(({ Roles = [] }) => JSON.stringify(Roles).includes(`{"Ref":"${id}"}`));
    return {
      role: Metadata['aws:cdk:path']!.split('/').slice(1, -1).join('/'),
      managedPolicies: Properties.ManagedPolicyArns ?? [],
      statements: [...attached, ...(Properties.Policies ?? [])].flatMap((policy) => policy.PolicyDocument.Statement),
    };
  });
}
