import { ACCOUNT, REGION } from './account';
import { readTemplate, type ResourceTemplate, type Template } from './assembly';
import { evaluate, own, type Scope, UnresolvableReference } from './intrinsics';
import { byName, type PhysicalResource, type ResourceTypes } from './physical';

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

/** What a stack can ask of the world around it. */
export interface StackSurroundings {
  /** Where the GraphQL API answers, without the path. */
  endpoint: string;
  /** The types that have names of their own. */
  types: ResourceTypes;
  asset(objectKey: string): string | undefined;
  importValue(name: string): unknown;
}

const NESTED = 'AWS::CloudFormation::Stack';

/** A stack of the deployment: a template in which names have become resources. */
export class Stack {
  readonly name: string;
  private readonly physical = new Map<string, PhysicalResource>();
  private readonly resolving = new Set<string>();
  private readonly nested = new Map<string, Stack>();
  private readonly scope: Scope;

  /** `given` are the parameters of a nested stack. Throws StartError. */
  constructor(
    private readonly template: Template,
    private readonly surroundings: StackSurroundings,
    private readonly given: (parameter: string) => unknown = () => undefined,
  ) {
    this.name = template.stackName;
    this.scope = {
      ref: (id) => this.pseudo(id) ?? this.parameter(id) ?? this.physicalOf(id)?.ref,
      attribute: (id, name) => this.attribute(id, name),
      importValue: (name) => surroundings.importValue(name),
      mapping: (map, key, second) => own(own(own(template.Mappings, map), key), second),
      condition: (name) => this.condition(name),
    };
    for (const [logicalId, resource] of this.active()) {
      if (resource.Type === NESTED) {
        this.nested.set(logicalId, this.nest(logicalId, resource));
      }
    }
  }

  /** This stack and those within it. */
  family(): Stack[] {
    return [this, ...[...this.nested.values()].flatMap((stack) => stack.family())];
  }

  active(): [string, ResourceTemplate][] {
    return Object.entries(this.template.Resources).filter(([, resource]) => this.isActive(resource));
  }

  resources(types: string[], matches: (physical: PhysicalResource) => boolean = () => true): Resource[] {
    return this.active()
      .filter(([logicalId, { Type }]) => types.includes(Type) && matches(this.physicalOf(logicalId)!))
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
    for (const [id, { Export, Condition }] of Object.entries(this.template.Outputs ?? {})) {
      const path = `${this.name}.Outputs.${id}`;
      if (Export && (!Condition || this.condition(Condition)) && evaluate(Export.Name, this.scope, path) === name) {
        return this.output(id);
      }
    }
    return undefined;
  }

  /** The outputs by their names, but for those that tell of what is not run here: nothing here depends on them. */
  outputs(): Record<string, unknown> {
    const known: Record<string, unknown> = {};
    for (const [id, { Condition }] of Object.entries(this.template.Outputs ?? {})) {
      if (Condition && !this.condition(Condition)) {
        continue;
      }
      try {
        known[id] = this.output(id);
      } catch (error) {
        if (!(error instanceof UnresolvableReference)) {
          throw error;
        }
      }
    }
    return known;
  }

  private output(id: string): unknown {
    const output = own(this.template.Outputs, id);
    return output && evaluate(output.Value, this.scope, `${this.name}.Outputs.${id}`);
  }

  private nest(logicalId: string, { Properties = {} }: ResourceTemplate): Stack {
    const path = `${this.name}.${logicalId}`;
    const key = String(evaluate(Properties.TemplateURL, this.scope, `${path}.TemplateURL`))
      .split('/')
      .pop()!;
    const file = this.surroundings.asset(key);
    if (file === undefined) {
      throw new UnresolvableReference(`${path}.TemplateURL`, `the assembly has no asset ${key}`);
    }
    const parameters = (Properties.Parameters ?? {}) as Record<string, unknown>;
    return new Stack(readTemplate(file, `${this.name}-${logicalId}`), this.surroundings, (name) =>
      evaluate(parameters[name], this.scope, `${path}.Parameters.${name}`),
    );
  }

  private isActive({ Condition }: ResourceTemplate): boolean {
    return Condition === undefined || this.condition(Condition) === true;
  }

  private properties(logicalId: string, { Properties = {} }: ResourceTemplate): Record<string, unknown> {
    return evaluate(Properties, this.scope, `${this.name}.${logicalId}`) as Record<string, unknown>;
  }

  private attribute(logicalId: string, name: string): unknown {
    const nested = this.nested.get(logicalId);
    return nested && name.startsWith('Outputs.')
      ? nested.output(name.slice('Outputs.'.length))
      : this.physicalOf(logicalId)?.attributes[name];
  }

  /** What is known of a resource without making it: its names, from the properties that hold them. */
  private physicalOf(logicalId: string): PhysicalResource | undefined {
    const resource = own(this.template.Resources, logicalId);
    if (!resource || !this.isActive(resource)) {
      return undefined;
    }
    let physical = this.physical.get(logicalId);
    if (!physical) {
      physical = this.resolve(logicalId, resource);
      this.physical.set(logicalId, physical);
    }
    return physical;
  }

  private resolve(logicalId: string, { Type, Properties }: ResourceTemplate): PhysicalResource {
    const path = `${this.name}.${logicalId}`;
    if (this.resolving.has(logicalId)) {
      throw new UnresolvableReference(path, 'its name depends on itself');
    }
    this.resolving.add(logicalId);
    try {
      const value = (name: string) => evaluate(Properties?.[name], this.scope, `${path}.${name}`);
      const { types, endpoint } = this.surroundings;
      return (own(types, Type) ?? byName)(`${this.name}-${logicalId}`, value, endpoint);
    } finally {
      this.resolving.delete(logicalId);
    }
  }

  private condition(name: string): boolean | undefined {
    const condition = own(this.template.Conditions, name);
    return condition === undefined
      ? undefined
      : evaluate(condition, this.scope, `${this.name}.Conditions.${name}`) === true;
  }

  /** Given by the stack around this one, else the default; one that names an SSM parameter has no value here. */
  private parameter(id: string): unknown {
    const parameter = own(this.template.Parameters, id);
    if (!parameter || parameter.Type.startsWith('AWS::SSM::')) {
      return undefined;
    }
    const value = this.given(id) ?? parameter.Default;
    const isList = parameter.Type === 'CommaDelimitedList' || parameter.Type.startsWith('List<');
    return isList && typeof value === 'string' ? value.split(',').map((item) => item.trim()) : value;
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
    return own(pseudo, name);
  }
}
