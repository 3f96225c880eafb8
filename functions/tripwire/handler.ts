import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import { log } from '../log';

/**
 * Is invoked only when an event was changed or removed, which nothing of this system does: the alarm counts the
 * invocations, this says which events they are. The number of the record leads to who it was, in CloudTrail.
 */
export function handler({ Records }: DynamoDBStreamEvent): Promise<void> {
  for (const { eventName, dynamodb, userIdentity } of Records) {
    const { ticketId, version } = unmarshall((dynamodb?.Keys ?? {}) as Record<string, AttributeValue>);
    log('ERROR', {
      message: 'the log of events was tampered with',
      eventName,
      ticketId,
      version,
      sequenceNumber: dynamodb?.SequenceNumber,
      // Set where DynamoDB itself removed the item, its time to live being over.
      service: (userIdentity as { principalId?: string } | undefined)?.principalId,
    });
  }
  return Promise.resolve();
}
