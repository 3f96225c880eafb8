import { Sha256 } from '@aws-crypto/sha256-js';
import { HttpRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';
import type { HandlerContext, HandlerName } from '../../local/realm/realm';
import type { Result } from './compare';

export interface Service {
  endpoint: string;
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
}

/** The service did not evaluate: with its status and what it said. */
export class EvaluationRefused extends Error {
  override readonly name = 'EvaluationRefused';
}

interface EvaluateCodeResponse {
  evaluationResult?: string;
  error?: { message?: string; codeErrors?: unknown[] };
  stash?: string;
  outErrors?: string;
}

/**
 * Has AppSync evaluate a handler. Throws EvaluationRefused.
 * Source: "EvaluateCode" in the AppSync API reference.
 */
export async function evaluateCode(
  code: string,
  handler: HandlerName,
  context: HandlerContext,
  { endpoint, region, credentials }: Service,
): Promise<Result> {
  const url = new URL('/v1/dataplane-evaluatecode', endpoint);
  const body = JSON.stringify({
    runtime: { name: 'APPSYNC_JS', runtimeVersion: '1.0.0' },
    code,
    function: handler,
    context: JSON.stringify(context),
  });
  const request = new HttpRequest({
    method: 'POST',
    protocol: url.protocol,
    hostname: url.hostname,
    port: url.port ? Number(url.port) : undefined,
    path: url.pathname,
    headers: { host: url.host, 'content-type': 'application/json' },
    body,
  });
  const { headers } = await new SignatureV4({ service: 'appsync', region, credentials, sha256: Sha256 }).sign(request);
  const response = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(30_000) });
  const text = await response.text();
  if (!response.ok) {
    throw new EvaluationRefused(`${url.host} answers HTTP ${response.status}: ${text}`);
  }
  const { evaluationResult, error, stash } = JSON.parse(text) as EvaluateCodeResponse;
  return {
    value: error ? undefined : json(evaluationResult),
    error: error ? { message: error.message ?? '' } : undefined,
    stash: json(stash) ?? {},
  };
}

/** A handler that returns nothing gives no text at all. */
function json(text: string | undefined): unknown {
  return text ? (JSON.parse(text) as unknown) : null;
}
