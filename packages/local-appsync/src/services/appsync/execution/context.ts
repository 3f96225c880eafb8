import type { GraphQLResolveInfo } from 'graphql';
import type { Caller } from '../auth/types';
import type { HandlerContext } from '../../../appsync-js/realm/realm';
import type { GivenArguments } from './arguments';
import { selectionInfo } from './selection';

/** What every field of a request shares. */
export interface RequestContext {
  caller: Caller;
  /** Lower-case names. */
  headers: Record<string, string | string[]>;
  environment: Record<string, string>;
}

const AUTH_TYPES: Record<Caller['mode'], string> = {
  API_KEY: 'API Key Authorization',
  AWS_IAM: 'IAM Authorization',
  AMAZON_COGNITO_USER_POOLS: 'User Pool Authorization',
  OPENID_CONNECT: 'Open ID Connect Authorization',
  AWS_LAMBDA: 'Lambda Authorization',
};

/** The `ctx` that a field's handlers begin with. */
export function handlerContext(
  request: RequestContext,
  source: unknown,
  { args, variables }: Pick<GivenArguments, 'args' | 'variables'>,
  info: GraphQLResolveInfo,
): HandlerContext {
  const { cookie: _hidden, ...headers } = request.headers;
  return {
    arguments: args,
    identity: request.caller.identity,
    // A root field has no source.
    source: source ?? null,
    request: { headers, domainName: null },
    info: {
      fieldName: info.fieldName,
      parentTypeName: info.parentType.name,
      variables,
      ...selectionInfo(info),
    },
    stash: {},
    prev: null,
    env: request.environment,
    authType: AUTH_TYPES[request.caller.mode],
  };
}
