import { readFileSync } from 'node:fs';
import type { Deployment, Resource } from '../../../cloudformation/deployment';
import { Unsupported } from '../../../cloudformation/unsupported';

/** A text of a resource that stands in the template or in an asset (`s3://bucket/key`). Throws Unsupported. */
export function definitionText(
  deployment: Deployment,
  resource: Resource,
  inline: string,
  location: string,
): string | undefined {
  const { [inline]: literal, [location]: url } = resource.properties;
  if (literal !== undefined || url === undefined) {
    return literal as string | undefined;
  }
  const key = String(url).split('/').pop()!;
  const file = deployment.assembly.asset(key);
  if (file === undefined) {
    throw new Unsupported(resource, `the assembly has no asset ${key}`);
  }
  return readFileSync(file, 'utf8');
}
