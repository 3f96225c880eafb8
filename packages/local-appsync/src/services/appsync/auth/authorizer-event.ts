import { CONNECT_PATH } from './realtime';
import type { AuthRequest } from './types';
import { isRecord } from '../../../shared/is-record';

/** What a Lambda authorizer is invoked with. */
export interface AuthorizerEvent {
  /** The Authorization header as it came, `Bearer ` too. */
  authorizationToken: string;
  requestContext: {
    apiId: string;
    accountId: string;
    requestId: string;
    queryString: string;
    operationName?: string;
    variables: Record<string, unknown>;
  };
  requestHeaders: Record<string, string | string[]>;
}

/**
 * The event for a request. A realtime handshake has no document: AppSync names it `DeepDish:Connect`.
 * Source: https://docs.aws.amazon.com/appsync/latest/devguide/security-authz.html#aws-lambda-authorization
 */
export function authorizerEvent(
  authorizationToken: string,
  request: AuthRequest,
  context: { apiId: string; accountId: string; requestId: string },
): AuthorizerEvent {
  const operation =
    request.path === CONNECT_PATH
      ? { queryString: '', operationName: 'DeepDish:Connect', variables: {} }
      : operationOf(request.body);
  const requestHeaders: AuthorizerEvent['requestHeaders'] = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) {
      requestHeaders[name] = value;
    }
  }
  return { authorizationToken, requestContext: { ...context, ...operation }, requestHeaders };
}

type Operation = Pick<AuthorizerEvent['requestContext'], 'queryString' | 'operationName' | 'variables'>;

function operationOf(body: string): Operation {
  const { query, operationName, variables } = parsed(body);
  return {
    queryString: typeof query === 'string' ? query : '',
    ...(typeof operationName === 'string' && { operationName }),
    variables: isRecord(variables) ? variables : {},
  };
}

/** Authorization comes before a body is judged, so one that cannot be read counts as empty here. */
function parsed(body: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body);
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}
