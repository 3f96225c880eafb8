/** An authorization mode, as templates name it. */
export type AuthMode = 'API_KEY' | 'AWS_IAM' | 'AMAZON_COGNITO_USER_POOLS' | 'OPENID_CONNECT' | 'AWS_LAMBDA';

/** Who is calling. */
export interface Caller {
  mode: AuthMode;
  /** `ctx.identity`: null for an API key. */
  identity: Record<string, unknown> | null;
  /** The user pool's groups, for `@aws_cognito_user_pools(cognito_groups: [...])`. */
  groups: readonly string[];
  /** IAM only: may this caller run the root field with this ARN? Absent means that no such check applies. */
  allowsField?: (arn: string) => boolean;
  /** What a Lambda authorizer denied: `Type.field`, or field ARNs. */
  deniedFields: readonly string[];
  /** Which of several providers of the mode it was: the issuer of a token. */
  provider?: string;
}

/**
 * What is to be authenticated. A request by HTTP goes in as it came. A realtime message carries these
 * headers in its payload: see `realtime.ts`.
 */
export interface AuthRequest {
  /** Names in lower case. */
  headers: Readonly<Record<string, string | string[] | undefined>>;
  method: string;
  /** With the query string, if there is one. */
  path: string;
  /** Byte for byte as it was signed. */
  body: string;
  sourceIp: string;
}

/** One way of authenticating that an API is configured with. */
export interface AuthProvider {
  readonly mode: AuthMode;
  /** The `iss` of the tokens that it takes. Only providers that take tokens have one. */
  readonly issuer?: string;
  /** @throws Unauthorized when the request does not prove who is calling. */
  authenticate(request: AuthRequest): Caller | Promise<Caller>;
}

/** The header's value; a repeated header's values joined, as HTTP and SigV4 join them. */
export function header(request: AuthRequest, name: string): string | undefined {
  const value = Object.hasOwn(request.headers, name) ? request.headers[name] : undefined;
  return Array.isArray(value) ? value.join(',') : value;
}
