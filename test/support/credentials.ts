import { Sha256 } from '@aws-crypto/sha256-js';
import { HttpRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';
import type { AwsCredentials } from 'local-appsync';

/** What a caller proves itself with: the headers for a POST of this body to this path of this host. */
export type Proof = (request: { host: string; path: string; body: string }) => Promise<Record<string, string>>;

export const apiKey: Proof = () => Promise.resolve({ 'x-api-key': 'da2-local' });

export const nobody: Proof = () => Promise.resolve({});

export function bearer(token: string): Proof {
  return () => Promise.resolve({ authorization: token });
}

/** Signature Version 4, as for AppSync. */
export function signedBy(credentials: AwsCredentials): Proof {
  const signer = new SignatureV4({ service: 'appsync', region: 'us-east-1', sha256: Sha256, credentials });
  return async ({ host, path, body }) => {
    const [hostname, port] = host.split(':') as [string, string];
    const request = new HttpRequest({ method: 'POST', hostname, port: Number(port), path, headers: { host }, body });
    return (await signer.sign(request)).headers;
  };
}
