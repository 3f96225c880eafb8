import { createHash, timingSafeEqual } from 'node:crypto';
import { Sha256 } from '@aws-crypto/sha256-js';
import { HttpRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';
import type { Credentials } from '../../iam/credentials';
import { type AuthRequest, header } from './types';

export const ALGORITHM = 'AWS4-HMAC-SHA256';

/** The Authorization header of Signature Version 4, taken apart. */
export interface PresentedSignature {
  accessKeyId: string;
  /** `YYYYMMDD` */
  date: string;
  region: string;
  service: string;
  /** Lower case. */
  signedHeaders: readonly string[];
  /** Hexadecimal. */
  signature: string;
}

const FORM =
  /^AWS4-HMAC-SHA256 +Credential=([^/,\s]+)\/(\d{8})\/([^/,\s]+)\/([^/,\s]+)\/aws4_request *, *SignedHeaders=([^,\s]+) *, *Signature=([0-9a-f]{64}) *$/;

/** Undefined when the header is not of the form that AWS documents. */
export function readSignature(authorization: string): PresentedSignature | undefined {
  const match = FORM.exec(authorization);
  if (!match) {
    return undefined;
  }
  const [accessKeyId, date, region, service, signedHeaders, signature] = match.slice(1) as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  return { accessKeyId, date, region, service, signedHeaders: signedHeaders.split(';'), signature };
}

/** `20260131T120000Z` in milliseconds since 1970; undefined for anything else. */
export function readAmzDate(text: string | undefined): number | undefined {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text ?? '');
  if (!match) {
    return undefined;
  }
  const [, year, month, day, hour, minute, second] = match;
  const milliseconds = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(milliseconds) ? undefined : milliseconds;
}

/**
 * Does the signature belong to this request? Signs the same request again with the same secret and compares,
 * in constant time. Method, path, query, body, date and each header named as signed are covered; a header
 * that is not named is not, as in AWS, except that `x-amz-date` and the session token must be.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html
 */
export async function isSignedBy(
  credentials: Credentials,
  request: AuthRequest,
  presented: PresentedSignature,
  signedAt: number,
): Promise<boolean> {
  // Names are the caller's: none may mean what every object has.
  const headers = Object.create(null) as Record<string, string>;
  for (const name of presented.signedHeaders) {
    const value = header(request, name);
    if (value === undefined) {
      return false;
    }
    headers[name] = value;
  }
  // A signer takes the body's hash from this header: believed unchecked, it would let any body through.
  const claimed = headers['x-amz-content-sha256'];
  if (claimed !== undefined && claimed !== createHash('sha256').update(request.body).digest('hex')) {
    return false;
  }

  const [path = '', query = ''] = request.path.split(/\?(.*)/s);
  const signer = new SignatureV4({
    service: presented.service,
    region: presented.region,
    credentials,
    sha256: Sha256,
    // It would sign a header that the client may not have sent.
    applyChecksum: false,
  });
  const { headers: expected } = await signer.sign(
    new HttpRequest({ method: request.method, path, query: readQuery(query), headers, body: request.body }),
    // Without this it passes over headers that proxies change, such as user-agent, even where they were signed.
    { signingDate: new Date(signedAt), signableHeaders: new Set(presented.signedHeaders) },
  );
  const ours = readSignature(expected.authorization ?? '');
  // The signer adds the date and the token where the client left them out, so the names count as well.
  if (ours?.signedHeaders.join(';') !== presented.signedHeaders.join(';')) {
    return false;
  }
  return equals(ours.signature, presented.signature);
}

/** In a time that does not tell how much of them is equal. */
export function equals(left: string, right: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
}

function readQuery(query: string): Record<string, string[]> {
  const parameters = Object.create(null) as Record<string, string[]>;
  for (const [name, value] of new URLSearchParams(query)) {
    (parameters[name] ??= []).push(value);
  }
  return parameters;
}
