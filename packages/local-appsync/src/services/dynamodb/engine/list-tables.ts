import { ANY_SIGNATURE } from './any-signature';

const PATIENCE_MS = 5000;

/**
 * Asks an endpoint for its tables: the question that every DynamoDB answers.
 *
 * A bare request, since the SDK would retry and hide the response's headers.
 * Rejects where nothing listens or the answer is an error.
 */
export async function askListTables(endpoint: string, headers: Record<string, string> = {}): Promise<Response> {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': 'DynamoDB_20120810.ListTables',
      ...ANY_SIGNATURE,
      ...headers,
    },
    body: '{}',
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  const body = await response.text();
  if (!response.ok) {
    throw new Error(`${endpoint} answers ListTables with HTTP ${response.status}: ${body}`);
  }
  return response;
}
