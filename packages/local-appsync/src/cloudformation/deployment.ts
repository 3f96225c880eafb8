import type { Assembly } from './assembly';
import { type ResourceTypes, TEMPLATE_TYPES } from './physical';
import { type Resource, Stack } from './stack';

export type { Resource } from './stack';

/**
 * The assembly as if it were deployed: values are resolved when they are asked for, across stacks, so that a resource
 * may refer to what only exists once another has been made (`define`).
 */
export class Deployment {
  private readonly stacks: Stack[];
  private readonly known: ResourceTypes;

  /** `types` are those that the services know. Throws StartError. */
  constructor(
    readonly assembly: Assembly,
    /** Where the GraphQL API answers, without the path: http://127.0.0.1:4000 */
    readonly endpoint: string,
    types: ResourceTypes,
  ) {
    this.known = { ...TEMPLATE_TYPES, ...types };
    const surroundings = {
      endpoint,
      types: this.known,
      asset: (objectKey: string) => assembly.asset(objectKey),
      importValue: (name: string) => this.importValue(name),
    };
    this.stacks = assembly.templates.flatMap((template) => new Stack(template, surroundings).family());
  }

  /** Every resource of these types, in the order of the templates. */
  resources(...types: string[]): Resource[] {
    return this.stacks.flatMap((stack) => stack.resources(types));
  }

  /** The outputs of each stack that has some. */
  outputs(): Record<string, Record<string, unknown>> {
    const outputs = this.stacks.map((stack) => [stack.name, stack.outputs()] as const);
    return Object.fromEntries(outputs.filter(([, values]) => Object.keys(values).length > 0));
  }

  /** The types of resources that the assembly has and that nobody knows. */
  unknownTypes(): string[] {
    const types = this.stacks.flatMap((stack) => stack.active().map(([, { Type }]) => Type));
    return [...new Set(types)].filter((type) => !Object.hasOwn(this.known, type));
  }

  /** Adds what only became known by making the resource, such as a stream's ARN. */
  define(resource: Resource, attributes: Record<string, unknown>): void {
    Object.assign(resource.physical.attributes, attributes);
  }

  /** The resource whose Ref or ARN this is. */
  find(reference: unknown, ...types: string[]): Resource | undefined {
    for (const stack of this.stacks) {
      const [found] = stack.resources(
        types,
        ({ ref, attributes }) => ref === reference || Object.values(attributes).includes(reference),
      );
      if (found) {
        return found;
      }
    }
    return undefined;
  }

  private importValue(name: string): unknown {
    // The stacks may still be in the making: a nested one can't import from a later one, as on AWS.
    for (const stack of this.stacks ?? []) {
      const value = stack.exported(name);
      if (value !== undefined) {
        return value;
      }
    }
    return undefined;
  }
}
