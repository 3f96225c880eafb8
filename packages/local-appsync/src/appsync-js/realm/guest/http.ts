import { state } from './evaluation-state';

/** Hop-by-hop and connection headers, which are the endpoint's own business. */
const RESTRICTED = [
  'transfer-encoding',
  'connection',
  'host',
  'expect',
  'keep-alive',
  'upgrade',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'content-length',
];
const RESERVED_PREFIXES = ['x-amzn-', 'x-amz-'];
const MAX_HEADER_CHARACTERS = 4096;

function addResponseHeader(name: string, value: unknown): void {
  const lower = name.toLowerCase();
  if (RESTRICTED.includes(lower) || RESERVED_PREFIXES.some((prefix) => lower.startsWith(prefix))) {
    throw new Error(`util.http.addResponseHeader: "${name}" is reserved; choose another header name.`);
  }
  const headers = state().effects.responseHeaders;
  headers[name] = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  if (Object.entries(headers).join('').length > MAX_HEADER_CHARACTERS) {
    throw new Error(`util.http.addResponseHeader: the response headers exceed ${MAX_HEADER_CHARACTERS} characters.`);
  }
}

/** `util.http` */
export const http = {
  copyHeaders: (headers: Record<string, unknown>): Record<string, unknown> =>
    Object.fromEntries(Object.entries(headers).filter(([name]) => !RESTRICTED.includes(name.toLowerCase()))),
  addResponseHeader,
  addResponseHeaders: (headers: Record<string, unknown>): void => {
    for (const [name, value] of Object.entries(headers)) {
      addResponseHeader(name, value);
    }
  },
};
