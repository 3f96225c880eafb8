/**
 * AppSync's quotas. Those that a caller can reach are asked of `Limits`, so that a test may set them lower.
 * Source: https://docs.aws.amazon.com/general/latest/gr/appsync.html
 */
export const LIMITS = {
  /** How long a request may take, in milliseconds. */
  requestMs: 30_000,
  resolversPerRequest: 10_000,
  /** What a handler may evaluate to, in bytes of JSON. */
  evaluatedBytes: 5 * 1024 * 1024,
  /** Of an operation, those of its fragments counted where they are spread. AWS names no figure. */
  fieldsPerOperation: 100_000,
  /** Of those, the ones of `__schema` and `__type`: a tool that asks for all there is needs 230. AWS names no figure. */
  introspectedFields: 500,
  /** Calls of data sources that a request has under way; further ones wait. AWS names no figure. */
  dataSourceCallsAtOnce: 8,
  functionsPerPipeline: 10,
  schemaBytes: 1024 * 1024,
  apiKeys: 50,
  environmentVariables: 50,
  maxBatchSize: 2000,
  subscriptionsPerConnection: 100,
  /** A larger change is dropped without a word to either side. */
  subscriptionPayloadBytes: 240 * 1024,
  /** Different calls of invalidateSubscriptions that one request may make. */
  invalidationsPerRequest: 5,
  /** How long a WebSocket may stay open. */
  connectionMs: 24 * 60 * 60 * 1000,
} as const;

export type Limits = Record<keyof typeof LIMITS, number>;
