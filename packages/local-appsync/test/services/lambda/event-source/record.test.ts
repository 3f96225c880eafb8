import { toStreamRecord } from '../../../../src/services/lambda/event-source/record';
import { rawRecord, record, STREAM } from './records';

function bytes(...values: number[]): Uint8Array {
  return new Uint8Array(values);
}

test('a record has the shape that Lambda gives it', () => {
  const { event } = record(7, 'x', new Date('2026-03-04T05:06:07.890Z'));
  expect(event).toEqual({
    eventID: 'event-7',
    eventName: 'INSERT',
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: 'eu-central-1',
    dynamodb: {
      ApproximateCreationDateTime: 1772600767,
      Keys: { id: { S: 'x' } },
      NewImage: { id: { S: 'x' }, sequence: { N: '7' } },
      SequenceNumber: '7',
      SizeBytes: 10,
      StreamViewType: 'NEW_IMAGE',
    },
    eventSourceARN: STREAM,
  });
});

test('every type of value is DynamoDB JSON, and binary is base64 at any depth', () => {
  const raw = rawRecord(1);
  raw.dynamodb!.OldImage = {
    s: { S: '' },
    n: { N: '1.50' },
    t: { BOOL: false },
    z: { NULL: true },
    b: { B: bytes(1, 2, 255) },
    bs: { BS: [bytes(), bytes(3)] },
    ss: { SS: ['x'] },
    ns: { NS: ['1', '2'] },
    l: { L: [{ S: 'x' }, { M: { b: { B: bytes(4) } } }] },
    m: { M: {} },
  };
  expect(toStreamRecord(raw, STREAM).event.dynamodb.OldImage).toEqual({
    s: { S: '' },
    n: { N: '1.50' },
    t: { BOOL: false },
    z: { NULL: true },
    b: { B: 'AQL/' },
    bs: { BS: ['', 'Aw=='] },
    ss: { SS: ['x'] },
    ns: { NS: ['1', '2'] },
    l: { L: [{ S: 'x' }, { M: { b: { B: 'BA==' } } }] },
    m: { M: {} },
  });
});

test('a deletion by DynamoDB itself says so', () => {
  const raw = { ...rawRecord(1), userIdentity: { Type: 'Service', PrincipalId: 'dynamodb.amazonaws.com' } };
  const { event } = toStreamRecord(raw, STREAM);
  expect(event.userIdentity).toEqual({ type: 'Service', principalId: 'dynamodb.amazonaws.com' });
});

test('an item is known by its key, whatever the order of the parts', () => {
  const keyOf = (keys: Record<string, { S: string }>): string => {
    const raw = rawRecord(1);
    raw.dynamodb!.Keys = keys;
    return toStreamRecord(raw, STREAM).itemKey;
  };
  expect(keyOf({ a: { S: 'x' }, b: { S: 'y' } })).toBe(keyOf({ b: { S: 'y' }, a: { S: 'x' } }));
  expect(keyOf({ a: { S: 'x' }, b: { S: 'y' } })).not.toBe(keyOf({ a: { S: 'y' }, b: { S: 'x' } }));
});
