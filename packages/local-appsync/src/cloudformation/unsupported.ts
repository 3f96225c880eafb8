import type { Resource } from './deployment';
import { StartError } from '../shared/start-error';

/** The template asks for something that can't be run here: names the resource, and what was expected. */
export class Unsupported extends StartError {
  override readonly name = 'Unsupported';
  constructor(resource: Resource, what: string) {
    super(`${resource.path} (${resource.type}): ${what}`);
  }
}
