import type { HandlerContext } from 'local-appsync/appsync-js';

export function user(username: string, groups: string[] | null) {
  return {
    sub: `sub-of-${username}`,
    issuer: 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_pool',
    username,
    claims: {
      sub: `sub-of-${username}`,
      username,
      token_use: 'access',
      ...(groups ? { 'cognito:groups': groups } : {}),
    },
    groups,
    sourceIp: ['192.0.2.1'],
    defaultAuthStrategy: 'ALLOW',
  };
}

export const agent = user('bob', ['agents']);

/** What AppSync would hand a handler of `Type.field`: an agent asks, unless it is given otherwise. */
export function contextWith(given: Partial<HandlerContext>, field = 'Query.ticket'): HandlerContext {
  const [parentTypeName, fieldName] = field.split('.') as [string, string];
  return {
    arguments: {},
    identity: agent,
    source: null,
    request: { headers: {}, domainName: null },
    info: { fieldName, parentTypeName, variables: {}, selectionSetList: ['id'], selectionSetGraphQL: '{ id }' },
    stash: {},
    prev: null,
    env: {},
    ...given,
  };
}
