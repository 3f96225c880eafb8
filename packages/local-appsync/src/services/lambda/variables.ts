import { join } from 'node:path';
import type { FunctionDefinition } from './definition';

/** The modules that this one finds, which hold the `@aws-sdk/*` and `@smithy/*` packages that Lambda's runtimes provide. */
const PROVIDED_MODULES = /^.*[\\/]node_modules(?=[\\/]@aws-sdk)/.exec(require.resolve('@aws-sdk/client-dynamodb'))![0];

/**
 * All that a function finds in `process.env`: what Lambda defines, then what the template gives it.
 * Nothing comes from this process but PATH, so that a value which only exists on this machine cannot make
 * a function work here and fail when deployed. The template wins, which lets the caller point the SDK at
 * local endpoints (`AWS_ENDPOINT_URL_…`).
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
 */
export function environmentVariables(definition: FunctionDefinition, region: string): Record<string, string> {
  const { layers = [] } = definition;
  return {
    PATH: process.env.PATH ?? '/usr/local/bin:/usr/bin:/bin',
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    NODE_PATH: [
      join(definition.directory, 'node_modules'),
      ...layers.map((layer) => join(layer, 'nodejs', 'node_modules')),
      PROVIDED_MODULES,
    ].join(':'),
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    // Local engines take any; the SDK refuses to start without.
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_SESSION_TOKEN: 'local',
    AWS_EXECUTION_ENV: `AWS_Lambda_${definition.runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: definition.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(definition.memoryMb),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${definition.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: 'local',
    LAMBDA_TASK_ROOT: definition.directory,
    _HANDLER: definition.handler,
    ...definition.environment,
  };
}
