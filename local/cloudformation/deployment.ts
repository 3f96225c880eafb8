import { ACCOUNT, REGION } from './account';
import type { Assembly, ResourceTemplate, Template } from './assembly';
import { evaluate, type Scope } from './intrinsics';
import { type PhysicalResource, physicalResource } from './physical';

/** A resource of the assembly, with its properties as CloudFormation would see them: all references resolved. */
export interface Resource {
  stackName: string;
  logicalId: string;
  type: string;
  properties: Record<string, unknown>;
  /** The construct's path, to name it to people. */
  path: string;
  physical: PhysicalResource;
}

/**
 * The assembly as if it were deployed: values are resolved when they are asked for, across stacks, so that a resource
 * may refer to what only exists once another has been made (`define`).
 */
export class Deployment {
  private readonly stacks: Map<string, Stack>;

  constructor(
    readonly assembly: Assembly,
    /** Where the GraphQL API answers, without the path: http://127.0.0.1:4000 */
    readonly endpoint: string,
  ) {
    this.stacks = new Map(assembly.templates.map((template) => [template.stackName, new Stack(template, this)]));
  }

  /** Every resource of these types, in the order of the templates. */
  resources(...types: string[]): Resource[] {
    return [...this.stacks.values()].flatMap((stack) => stack.resources(types));
  }

  /** Every type of resource that the assembly has, with the paths of those that have it. */
  types(): Map<string, string[]> {
    const types = new Map<string, string[]>();
    for (const stack of this.stacks.values()) {
      for (const [logicalId, { Type }] of stack.active()) {
        types.set(Type, [...(types.get(Type) ?? []), `${stack.name}/${logicalId}`]);
      }
    }
    return types;
  }

  /** Adds what only became known by making the resource, such as a stream's ARN. */
  define(resource: Resource, attributes: Record<string, unknown>): void {
    Object.assign(resource.physical.attributes, attributes);
  }

  /** The resource whose Ref or ARN this is. */
  find(reference: unknown, ...types: string[]): Resource | undefined {
    return this.resources(...types).find(
      ({ physical }) => physical.ref === reference || Object.values(physical.attributes).includes(reference),
    );
  }

  importValue(name: string): unknown {
    for (const stack of this.stacks.values()) {
      const value = stack.exported(name);
      if (value !== undefined) {
        return value;
      }
    }
    return undefined;
  }
}

class Stack {
  readonly name: string;
  private readonly physical = new Map<string, PhysicalResource>();
  private readonly scope: Scope;

  constructor(
    private readonly template: Template,
    private readonly deployment: Deployment,
  ) {
    this.name = template.stackName;
    this.scope = {
      ref: (id) => this.pseudo(id) ?? template.Parameters?.[id]?.Default ?? this.physicalOf(id)?.ref,
      attribute: (id, name) => this.physicalOf(id)?.attributes[name],
      importValue: (name) => deployment.importValue(name),
      mapping: (map, key, second) => template.Mappings?.[map]?.[key]?.[second],
      condition: (name) => this.condition(name),
    };
  }

  active(): [string, ResourceTemplate][] {
    return Object.entries(this.template.Resources).filter(
      ([, { Condition }]) => Condition === undefined || this.condition(Condition) === true,
    );
  }

  resources(types: string[]): Resource[] {
    return this.active()
      .filter(([, { Type }]) => types.includes(Type))
      .map(([logicalId, resource]) => ({
        stackName: this.name,
        logicalId,
        type: resource.Type,
        properties: this.properties(logicalId, resource),
        path: String(resource.Metadata?.['aws:cdk:path'] ?? `${this.name}/${logicalId}`),
        physical: this.physicalOf(logicalId)!,
      }));
  }

  exported(name: string): unknown {
    for (const [id, { Value, Export, Condition }] of Object.entries(this.template.Outputs ?? {})) {
      const path = `${this.name}.Outputs.${id}`;
      if (Export && (!Condition || this.condition(Condition)) && evaluate(Export.Name, this.scope, path) === name) {
        return evaluate(Value, this.scope, path);
      }
    }
    return undefined;
  }

  private properties(logicalId: string, { Properties = {} }: ResourceTemplate): Record<string, unknown> {
    return evaluate(Properties, this.scope, `${this.name}.${logicalId}`) as Record<string, unknown>;
  }

  private physicalOf(logicalId: string): PhysicalResource | undefined {
    const resource = this.template.Resources[logicalId];
    if (!resource) {
      return undefined;
    }
    let physical = this.physical.get(logicalId);
    if (!physical) {
      const value = (name: string) =>
        evaluate(resource.Properties?.[name], this.scope, `${this.name}.${logicalId}.${name}`);
      physical = physicalResource(resource.Type, this.name, logicalId, value, this.deployment.endpoint);
      this.physical.set(logicalId, physical);
    }
    return physical;
  }

  private condition(name: string): boolean | undefined {
    const condition = this.template.Conditions?.[name];
    return condition === undefined
      ? undefined
      : evaluate(condition, this.scope, `${this.name}.Conditions.${name}`) === true;
  }

  private pseudo(name: string): unknown {
    const stackId = `arn:aws:cloudformation:${REGION}:${ACCOUNT}:stack/${this.name}/local`;
    const pseudo: Record<string, unknown> = {
      'AWS::AccountId': ACCOUNT,
      'AWS::Region': REGION,
      'AWS::Partition': 'aws',
      'AWS::URLSuffix': 'amazonaws.com',
      'AWS::StackName': this.name,
      'AWS::StackId': stackId,
      'AWS::NotificationARNs': [],
    };
    return pseudo[name];
  }
}
