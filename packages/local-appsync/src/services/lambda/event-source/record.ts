import type { _Record, AttributeValue } from '@aws-sdk/client-dynamodb-streams';

/** A record on its way: what Lambda is given, and what delivery must know about it. */
export interface StreamRecord {
  sequenceNumber: string;
  /** Tells items apart: the primary key as text. */
  itemKey: string;
  /** Milliseconds since the epoch, to the second. */
  arrivedAt: number;
  /** Of the event as JSON. */
  bytes: number;
  event: LambdaStreamRecord;
}

/**
 * One of `Records` in the event that a function receives; images are DynamoDB JSON.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html
 */
export interface LambdaStreamRecord {
  eventID: string;
  eventName: string;
  eventVersion: string;
  eventSource: 'aws:dynamodb';
  awsRegion: string;
  dynamodb: {
    /** Seconds since the epoch. */
    ApproximateCreationDateTime: number;
    Keys: AttributeMap;
    NewImage?: AttributeMap;
    OldImage?: AttributeMap;
    SequenceNumber: string;
    SizeBytes: number;
    StreamViewType: string;
  };
  eventSourceARN: string;
  /** Who deleted the item, when that was DynamoDB itself (an expired item). */
  userIdentity?: { type: string; principalId: string };
}

type AttributeMap = Record<string, Json>;
type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/**
 * @param record as the Streams API gives it
 * @param streamArn as the function knows the stream; its region is the record's
 */
export function toStreamRecord(record: _Record, streamArn: string): StreamRecord {
  const { dynamodb } = record;
  if (!dynamodb?.SequenceNumber) {
    throw new Error(`Stream ${streamArn} gave a record without a sequence number.`);
  }

  const arrivedAt = dynamodb.ApproximateCreationDateTime?.getTime() ?? 0;
  const keys = attributes(dynamodb.Keys ?? {});
  const event: LambdaStreamRecord = {
    eventID: record.eventID ?? dynamodb.SequenceNumber,
    eventName: record.eventName ?? 'MODIFY',
    eventVersion: record.eventVersion ?? '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: streamArn.split(':')[3] ?? '',
    dynamodb: {
      ApproximateCreationDateTime: Math.floor(arrivedAt / 1000),
      Keys: keys,
      ...(dynamodb.NewImage && { NewImage: attributes(dynamodb.NewImage) }),
      ...(dynamodb.OldImage && { OldImage: attributes(dynamodb.OldImage) }),
      SequenceNumber: dynamodb.SequenceNumber,
      SizeBytes: dynamodb.SizeBytes ?? 0,
      StreamViewType: dynamodb.StreamViewType ?? 'KEYS_ONLY',
    },
    eventSourceARN: streamArn,
    ...(record.userIdentity && {
      userIdentity: {
        type: record.userIdentity.Type ?? '',
        principalId: record.userIdentity.PrincipalId ?? '',
      },
    }),
  };
  return {
    sequenceNumber: dynamodb.SequenceNumber,
    itemKey: JSON.stringify(Object.entries(keys).sort(([a], [b]) => (a < b ? -1 : 1))),
    arrivedAt,
    bytes: Buffer.byteLength(JSON.stringify(event)),
    event,
  };
}

function attributes(map: Record<string, AttributeValue>): AttributeMap {
  return Object.fromEntries(Object.entries(map).map(([name, value]) => [name, attribute(value)]));
}

/** The API's binary is bytes; an event's is base64. */
function attribute(value: AttributeValue): Json {
  if (value.S !== undefined) {
    return { S: value.S };
  }
  if (value.N !== undefined) {
    return { N: value.N };
  }
  if (value.BOOL !== undefined) {
    return { BOOL: value.BOOL };
  }
  if (value.NULL !== undefined) {
    return { NULL: value.NULL };
  }
  if (value.L !== undefined) {
    return { L: value.L.map(attribute) };
  }
  if (value.M !== undefined) {
    return { M: attributes(value.M) };
  }
  if (value.SS !== undefined) {
    return { SS: value.SS };
  }
  if (value.NS !== undefined) {
    return { NS: value.NS };
  }
  if (value.B !== undefined) {
    return { B: base64(value.B) };
  }
  if (value.BS !== undefined) {
    return { BS: value.BS.map(base64) };
  }
  throw new Error(`A stream record holds a value of unknown type: ${JSON.stringify(value)}`);
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
