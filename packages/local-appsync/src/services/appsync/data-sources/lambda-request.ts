import type { DataSourceCall } from '../../../appsync-js/data-source';
import { anything, oneOf, optional, request as requestOf } from './shape';

export interface LambdaRequest {
  /** `Direct` is a resolver without handlers. */
  operation: 'Invoke' | 'BatchInvoke' | 'Direct';
  payload: unknown;
  /** Nobody waits for the function (invocationType Event). */
  asynchronous: boolean;
}

const read = requestOf({
  operation: oneOf('Invoke', 'BatchInvoke'),
  payload: anything,
  invocationType: optional(oneOf('RequestResponse', 'Event')),
});

/** @throws DataSourceFailure when the request is malformed */
export function lambdaRequest({ request, context }: DataSourceCall): LambdaRequest {
  if (request === undefined) {
    return { operation: 'Direct', payload: directPayload(context), asynchronous: false };
  }
  const { operation, payload = null, invocationType } = read(request);
  return { operation, payload, asynchronous: invocationType === 'Event' };
}

/**
 * What a direct Lambda resolver sends: the context, without what only handlers have.
 * Source: https://docs.aws.amazon.com/appsync/latest/devguide/resolver-context-reference-js.html
 */
function directPayload({
  arguments: args = {},
  identity = null,
  source = null,
  request = null,
  prev = null,
  info = null,
  stash = {},
}: Record<string, unknown>) {
  return { arguments: args, identity, source, request, prev, info, stash };
}
