import { isRecord } from '../../shared/is-record';
import { invalidValue, missingParameter, noQueue, SqsError } from './errors';
import type { MessageAttribute, Outgoing } from './message';
import type { Queue } from './queue';
import type { Queues } from './queues';

/** A request's parameters, as the JSON protocol has them. */
export type Input = Record<string, unknown>;

/** Throws SqsError. */
export function queueOf(input: Input, queues: Queues): Queue {
  const queue = queues.byUrl(text(input, 'QueueUrl'));
  if (!queue) {
    throw noQueue();
  }
  return queue;
}

/** Throws SqsError if it is not there, or no text. */
export function text(input: Input, name: string): string {
  const value = input[name];
  if (value === undefined || value === null) {
    throw missingParameter(name);
  }
  if (typeof value !== 'string') {
    throw invalidValue(`Value ${JSON.stringify(value)} for parameter ${name} is invalid. Reason: It must be text.`);
  }
  return value;
}

/** Throws SqsError if it is there and no whole number between these. */
export function integer(input: Input, name: string, least: number, most: number): number | undefined {
  const value = input[name] ?? undefined;
  if (value !== undefined && !(Number.isInteger(value) && Number(value) >= least && Number(value) <= most)) {
    const reason = `Must be between ${least} and ${most}, if provided.`;
    throw invalidValue(`Value ${JSON.stringify(value)} for parameter ${name} is invalid. Reason: ${reason}`);
  }
  return value as number | undefined;
}

/** Throws SqsError if it is there and no list. */
export function list<T>(input: Input, name: string): T[] {
  const value = input[name] ?? [];
  if (!Array.isArray(value)) {
    throw invalidValue(`Value ${JSON.stringify(value)} for parameter ${name} is invalid. Reason: It must be a list.`);
  }
  return value as T[];
}

/** Throws SqsError if it is there and no list of texts. */
export function texts(input: Input, name: string): string[] {
  return list<unknown>(input, name).map((value) => text({ [name]: value }, name));
}

/** The entries of a batch. Throws SqsError for one that is no object. */
export function entriesOf(input: Input): Input[] {
  const entries = list<unknown>(input, 'Entries');
  if (!entries.every(isRecord)) {
    throw invalidValue('An entry of a batch must be an object.');
  }
  return entries;
}

/** What SQS takes in a body: tab, line feed, carriage return and what XML can say beyond the control characters. */
const FORBIDDEN =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** A message to send. Throws SqsError. */
export function outgoing(input: Input): Outgoing {
  const body = text(input, 'MessageBody');
  if (body === '') {
    throw missingParameter('MessageBody');
  }
  if (FORBIDDEN.test(body)) {
    throw new SqsError(
      'InvalidMessageContents',
      'The message contains characters outside the allowed set.',
      'InvalidMessageContents',
    );
  }
  const system = attributes(input, 'MessageSystemAttributes');
  return {
    body,
    attributes: attributes(input, 'MessageAttributes'),
    traceHeader: system?.AWSTraceHeader?.StringValue,
    delaySeconds: integer(input, 'DelaySeconds', 0, 900),
  };
}

/** Undefined where there are none. Throws SqsError for what is no attribute. */
function attributes(input: Input, parameter: string): Record<string, MessageAttribute> | undefined {
  const given = input[parameter] ?? {};
  if (!isRecord(given)) {
    throw invalidValue(
      `Value ${JSON.stringify(given)} for parameter ${parameter} is invalid. Reason: It must be a map.`,
    );
  }
  const entries = Object.entries(given).map(([name, value]) => [name, attribute(name, value)] as const);
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

function attribute(name: string, value: unknown): MessageAttribute {
  const { DataType, StringValue, BinaryValue } = isRecord(value) ? value : {};
  if (typeof DataType !== 'string' || !/^(String|Number|Binary)(\..+)?$/.test(DataType)) {
    throw invalidValue(
      `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`,
    );
  }
  const isBinary = DataType.startsWith('Binary');
  const content = isBinary ? BinaryValue : StringValue;
  if (typeof content !== 'string') {
    throw invalidValue(
      `The message attribute '${name}' must contain a non-empty message attribute value for message attribute type '${DataType}'.`,
    );
  }
  return isBinary ? { DataType, BinaryValue: content } : { DataType, StringValue: content };
}
