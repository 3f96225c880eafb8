import type { ResourceTemplate, Template } from '../../src/cloudformation/assembly';
import { Deployment } from '../../src/cloudformation/deployment';
import { resourceTypes, SERVICES } from '../../src/services';

export const ENDPOINT = 'http://127.0.0.1:4000';

/** Those that are run. */
export const TYPES = resourceTypes(SERVICES);

/** A deployment of templates that need no files. */
export function deploymentOf(...templates: Partial<Template>[]): Deployment {
  return new Deployment(
    {
      templates: templates.map((template, i) => ({
        stackName: i === 0 ? 'Main' : `Other${i}`,
        Resources: {},
        ...template,
      })),
      asset: () => undefined,
    },
    ENDPOINT,
    TYPES,
  );
}

/** A resource of a type that is not run, whose properties are looked at. */
export function probe(Properties: Record<string, unknown>): ResourceTemplate {
  return { Type: 'Test::Probe', Properties };
}

/** What CloudFormation would make of a value, in a template that has other things to refer to. */
export function evaluated(value: unknown, template: Partial<Template> = {}, ...others: Partial<Template>[]): unknown {
  const Resources = { ...template.Resources, Probe: probe({ value }) };
  const [resource] = deploymentOf({ ...template, Resources }, ...others).resources('Test::Probe');
  return resource!.properties.value;
}
