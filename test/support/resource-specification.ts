import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import type { CloudFormation } from './cloudformation';

const database = loadAwsServiceSpecSync();

type Resource = ReturnType<ReturnType<typeof resourcesOf>['only']>;
type Property = Resource['properties'][string];
type PropertyType = Property['type'];

export interface Checked {
  /** What the specification does not allow, and where. */
  faults: string[];
  /** How many properties were looked at. */
  properties: number;
}

/**
 * Holds every property, allowed value and attribute of a template against the specification that AWS publishes of its
 * resources, as CDK packages it. What a function of CloudFormation stands for is known only there, and passes.
 */
export function checkTemplate(template: CloudFormation): Checked {
  const check = new Check(template);
  check.resources();
  check.attributes(template, '');
  return check;
}

function resourcesOf(type: string) {
  return database.lookup('resource', 'cloudFormationType', 'equals', type);
}

class Check implements Checked {
  readonly faults: string[] = [];
  properties = 0;

  constructor(private readonly template: CloudFormation) {}

  resources(): void {
    for (const [id, { Type, Properties = {} }] of Object.entries(this.template.Resources)) {
      if (Type.startsWith('Custom::')) {
        continue;
      }
      const resource = resourcesOf(Type).at(0);
      if (resource) {
        this.object(Properties, resource.properties, `${id} (${Type})`);
      } else {
        this.faults.push(`${id}: there is no ${Type}`);
      }
    }
  }

  /** Each Fn::GetAtt and each ${resource.attribute} of a Fn::Sub in the value. */
  attributes(value: unknown, path: string): void {
    if (typeof value !== 'object' || value === null) {
      return;
    }
    for (const [key, child] of Object.entries(value)) {
      if (key === 'Fn::GetAtt') {
        const [id, name] = (Array.isArray(child) ? child : String(child).split(/\.(.*)/)) as [string, string];
        this.attribute(id, name, path);
      } else if (key === 'Fn::Sub') {
        const text = String([child].flat()[0]);
        [...text.matchAll(/\$\{(\w+)\.([\w.]+)\}/g)].forEach(([, id, name]) => this.attribute(id!, name!, path));
      }
      this.attributes(child, `${path}/${key}`);
    }
  }

  private attribute(id: string, name: string, path: string): void {
    const type = this.template.Resources[id]?.Type;
    if (type?.startsWith('Custom::')) {
      return;
    }
    const resource = type === undefined ? undefined : resourcesOf(type).at(0);
    if (!resource || !Object.hasOwn(resource.attributes, name)) {
      this.faults.push(`${path}: ${id} (${type}) has no attribute ${name}`);
    }
  }

  private object(value: Record<string, unknown>, properties: Record<string, Property>, path: string): void {
    for (const [name, child] of Object.entries(value)) {
      const property = properties[name];
      this.properties += 1;
      if (property) {
        this.value(child, [property.type, ...(property.previousTypes ?? [])], `${path}/${name}`);
      } else {
        this.faults.push(`${path}: there is no property ${name}`);
      }
    }
    for (const [name, { required }] of Object.entries(properties)) {
      if (required && !Object.hasOwn(value, name)) {
        this.faults.push(`${path}: ${name} is missing`);
      }
    }
  }

  /** One of the types has to fit. If none does, what is told are the faults of the one with the fewest. */
  private value(value: unknown, types: PropertyType[], path: string): void {
    if (isFunction(value)) {
      return;
    }
    const attempts = types.map((type) => {
      const attempt = new Check(this.template);
      attempt.fits(value, type, path);
      return attempt;
    });
    const best = attempts.reduce((a, b) => (b.faults.length < a.faults.length ? b : a));
    this.faults.push(...best.faults);
    this.properties += best.properties;
  }

  private fits(value: unknown, type: PropertyType, path: string): void {
    const fault = (expected: string) => void this.faults.push(`${path}: ${JSON.stringify(value)} is no ${expected}`);
    switch (type.type) {
      case 'json':
        return;
      case 'union':
        return this.value(value, type.types, path);
      case 'array':
        return Array.isArray(value)
          ? value.forEach((item, i) => this.value(item, [type.element], `${path}/${i}`))
          : fault('list');
      case 'map':
        return isObject(value)
          ? Object.entries(value).forEach(([key, item]) => this.value(item, [type.element], `${path}/${key}`))
          : fault('map');
      case 'ref':
        return isObject(value)
          ? this.object(value, database.get('typeDefinition', type.reference.$ref).properties, path)
          : fault('object');
      case 'tag':
        return isObject(value) && 'Key' in value && 'Value' in value ? undefined : fault('tag');
      case 'boolean':
        return typeof value === 'boolean' || value === 'true' || value === 'false' ? undefined : fault('boolean');
      case 'number':
      case 'integer':
        return this.allowed(value, type, typeof value === 'number' || /^-?\d+$/.test(String(value)), path);
      case 'string':
      case 'date-time':
        return this.allowed(value, type, ['string', 'number', 'boolean'].includes(typeof value), path);
      case 'null':
        return value === null ? undefined : fault('null');
    }
  }

  private allowed(value: unknown, type: PropertyType, isOfType: boolean, path: string): void {
    const values = 'allowedValues' in type ? type.allowedValues : undefined;
    if (!isOfType) {
      this.faults.push(`${path}: ${JSON.stringify(value)} is no ${type.type}`);
    } else if (values && !values.map(String).includes(String(value))) {
      this.faults.push(`${path}: ${JSON.stringify(value)} is none of ${values.join(', ')}`);
    }
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A function of CloudFormation, whose value is known at deployment. */
function isFunction(value: unknown): boolean {
  return isObject(value) && Object.keys(value).length === 1 && /^(Ref|Fn::.*)$/.test(Object.keys(value)[0]!);
}
