import { createRemoteJWKSet } from 'jose';
import type { KeyResolver } from './jwt';

/** The issuer does not publish its keys as OpenID Connect Discovery says. */
export class DiscoveryError extends Error {
  override readonly name = 'DiscoveryError';
}

/**
 * The keys of an issuer out on the network, a real user pool among them: asked for at the first token, and
 * at the next one again if that failed.
 * @returns a resolver that rejects with DiscoveryError, or with what `fetch` says, when they cannot be had.
 * Source: https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfig
 */
export function remoteKeys(issuer: string): KeyResolver {
  let keys: Promise<KeyResolver> | undefined;
  return async (head, token) => {
    if (!keys) {
      keys = discover(issuer);
      keys.catch(() => (keys = undefined));
    }
    return (await keys)(head, token);
  };
}

async function discover(issuer: string): Promise<KeyResolver> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const response = await fetch(url, { signal: AbortSignal.timeout(10_000) });
  if (!response.ok) {
    throw new DiscoveryError(`${url} answered ${response.status}: is "${issuer}" an OpenID issuer?`);
  }
  const configuration = (await response.json()) as { issuer?: unknown; jwks_uri?: unknown } | null;
  if (configuration?.issuer !== issuer || typeof configuration.jwks_uri !== 'string') {
    throw new DiscoveryError(`${url} must name the issuer "${issuer}" and its jwks_uri.`);
  }
  return createRemoteJWKSet(new URL(configuration.jwks_uri));
}
