import { Authenticator } from '../../../../src/services/appsync/auth/authenticator';
import { ApiKeyProvider } from '../../../../src/services/appsync/auth/api-key';
import type { AuthProvider } from '../../../../src/services/appsync/auth/types';
import type { LocalUserPool } from '../../../../src/services/cognito/user-pool';
import { GraphqlHttp } from '../../../../src/services/appsync/http';
import { Realtime } from '../../../../src/services/appsync/realtime/realtime';
import type { RealtimeOptions } from '../../../../src/services/appsync/realtime/options';
import { pathOf } from '../../../../src/endpoint/route';
import { TokenRoute } from '../../../../src/services/cognito/local-token';
import { Access, type AccessOptions } from '../../../../src/endpoint/access';
import { Endpoint } from '../../../../src/endpoint/endpoint';
import type { ServedApi as Api } from '../../../../src/services/appsync/execution/api';
import type { Timeouts } from '../../../../src/endpoint/front-door';
import type { TestApi } from './api';

export const API_KEY = 'da2-test';

export interface ServedApi {
  endpoint: Endpoint;
  url: string;
  graphqlUrl: string;
  logged: string[];
  post(body: unknown, headers?: Record<string, string>): Promise<Response>;
  close(): Promise<void>;
}

export interface ServeOptions extends Partial<RealtimeOptions> {
  providers?: AuthProvider[];
  userPool?: LocalUserPool;
  port?: number;
  access?: AccessOptions;
  timeouts?: Timeouts;
}

/** Serves an API on a free port. Callers have the API key, unless there are other providers. */
export async function serveApi(
  { api, logged }: Pick<TestApi, 'logged'> & { api: Api },
  options: ServeOptions = {},
): Promise<ServedApi> {
  const {
    providers = [new ApiKeyProvider([API_KEY])],
    userPool,
    port = 0,
    access = {},
    timeouts,
    ...realtime
  } = options;
  const log = (line: string) => void logged.push(line);
  const authenticator = new Authenticator(providers, log);
  const endpoint = await Endpoint.listen(port, { access: Access.of(access), timeouts, log });
  const http = new GraphqlHttp(api, authenticator);
  const sockets = new Realtime(api, authenticator, { log, ...realtime });
  const tokens = new TokenRoute();
  tokens.pool = userPool;
  endpoint.routes = [
    {
      corsOnAws: true,
      serves: (request) => pathOf(request) === '/graphql',
      handle: (...call) => http.handle(...call),
    },
    {
      corsOnAws: true,
      serves: (request) => pathOf(request).startsWith('/graphql'),
      upgrade: (...call) => sockets.upgrade(...call),
    },
    tokens,
  ];
  endpoint.ready = true;
  const graphqlUrl = `${endpoint.url}/graphql`;
  return {
    endpoint,
    url: endpoint.url,
    graphqlUrl,
    logged,
    post: (body, headers = { 'x-api-key': API_KEY }) =>
      fetch(graphqlUrl, { method: 'POST', headers, body: typeof body === 'string' ? body : JSON.stringify(body) }),
    close: () => {
      sockets.close();
      return endpoint.close();
    },
  };
}
