import { Sha256 } from '@aws-crypto/sha256-js';
import { HttpRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';

/** How long a service may take to answer. */
export const ANSWER_MS = 10_000;

export interface Signer {
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
}

/** Posts text, signed for a service of AWS. Rejects where it does not answer. */
export async function signedPost(
  url: URL,
  { service, headers, body }: { service: string; headers: Record<string, string>; body: string },
  { region, credentials }: Signer,
): Promise<Response> {
  const signer = new SignatureV4({ service, region, credentials, sha256: Sha256 });
  const request = await signer.sign(
    new HttpRequest({
      method: 'POST',
      protocol: url.protocol,
      hostname: url.hostname,
      port: url.port ? Number(url.port) : undefined,
      path: url.pathname,
      headers: { host: url.host, ...headers },
      body,
    }),
  );
  return fetch(url, { method: 'POST', headers: request.headers, body, signal: AbortSignal.timeout(ANSWER_MS) });
}
