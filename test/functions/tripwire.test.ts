import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { handler } from '../../functions/tripwire/handler';
import { create, happened } from '../domain/specification';

const [event] = happened([create({ ticketId: 'T1', title: 'Printer on fire' })]);

function record(eventName: 'MODIFY' | 'REMOVE', more: Partial<DynamoDBRecord> = {}): DynamoDBRecord {
  return {
    eventName,
    dynamodb: {
      Keys: marshall({ ticketId: 'T1', version: 1 }) as never,
      NewImage: eventName === 'MODIFY' ? (marshall(event) as never) : undefined,
      SequenceNumber: '7',
    },
    ...more,
  };
}

describe('the tripwire', () => {
  let lines: string[];
  beforeEach(() => {
    lines = [];
    jest.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
  });
  afterEach(() => jest.restoreAllMocks());

  test('says which events were changed or removed, a line each, and nothing of what is in them', async () => {
    await handler({ Records: [record('MODIFY'), record('REMOVE')] });
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      expect.objectContaining({ level: 'ERROR', eventName: 'MODIFY', ticketId: 'T1', version: 1, sequenceNumber: '7' }),
      expect.objectContaining({ level: 'ERROR', eventName: 'REMOVE', ticketId: 'T1', version: 1, sequenceNumber: '7' }),
    ]);
    expect(lines.join('')).not.toContain('Printer');
  });

  test('tells an item whose time to live was over from one that somebody removed', async () => {
    const expired = { type: 'Service', principalId: 'dynamodb.amazonaws.com' };
    await handler({ Records: [record('REMOVE', { userIdentity: expired })] });
    expect(JSON.parse(lines[0]!)).toMatchObject({ service: 'dynamodb.amazonaws.com' });
  });
});
