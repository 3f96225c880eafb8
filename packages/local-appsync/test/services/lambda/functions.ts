import { join } from 'node:path';
import { type FunctionOptions, LambdaFunction } from '../../../src/services/lambda/function';
import type { FunctionDefinition } from '../../../src/services/lambda/definition';

export const FIXTURES = join(__dirname, 'fixtures');

const started: LambdaFunction[] = [];

/** A function from the fixtures, stopped after the test. */
export function functionOf(
  handler: string,
  changes: Partial<FunctionDefinition> = {},
  options: FunctionOptions = {},
): LambdaFunction {
  const definition: FunctionDefinition = {
    name: 'tested',
    runtime: 'nodejs20.x',
    handler,
    directory: join(FIXTURES, 'commonjs'),
    timeoutSeconds: 10,
    memoryMb: 128,
    environment: {},
    ...changes,
  };
  const lambda = new LambdaFunction(definition, options);
  started.push(lambda);
  return lambda;
}

export async function stopAll(): Promise<void> {
  await Promise.all(started.splice(0).map((lambda) => lambda.stop()));
}

/** Jest's matcher, which is typed as anything, as the unknown that it is. */
export function matching(pattern: RegExp): unknown {
  return expect.stringMatching(pattern);
}
