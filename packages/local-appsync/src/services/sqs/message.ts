import { isRecord } from '../../shared/is-record';

/** An attribute that a sender gives a message, as the API has it: binary is base64. */
export interface MessageAttribute {
  DataType: string;
  StringValue?: string;
  BinaryValue?: string;
}

/** What a sender hands over. */
export interface Outgoing {
  body: string;
  attributes?: Record<string, MessageAttribute>;
  traceHeader?: string;
  /** Default: the queue's. */
  delaySeconds?: number;
}

/** A message as the queue keeps it. Times are milliseconds since the epoch. */
export interface Message {
  id: string;
  body: string;
  attributes?: Record<string, MessageAttribute>;
  traceHeader?: string;
  sentAt: number;
  /** Nobody receives it before: it is delayed, or in flight. */
  visibleAt: number;
  receives: number;
  firstReceivedAt?: number;
  /** Of the newest receive; older ones delete nothing. */
  receipt?: string;
  /** The queue that gave it up. */
  deadLetterSource?: string;
}

/** Whether a value that was read has what every message has. */
export function isMessage(value: unknown): value is Message {
  return (
    isRecord(value) &&
    [value.id, value.body].every((each) => typeof each === 'string') &&
    [value.sentAt, value.visibleAt, value.receives].every((each) => typeof each === 'number')
  );
}

/** Bytes that count against a queue's limit: the body and the attributes. */
export function sizeOf({ body, attributes = {} }: Pick<Outgoing, 'body' | 'attributes'>): number {
  return Object.entries(attributes).reduce(
    (sum, [name, { DataType, StringValue = '', BinaryValue = '' }]) =>
      sum +
      Buffer.byteLength(name) +
      Buffer.byteLength(DataType) +
      Buffer.byteLength(StringValue) +
      Buffer.byteLength(BinaryValue, 'base64'),
    Buffer.byteLength(body),
  );
}
