import { ConditionalCheckFailedException, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { isDeepStrictEqual } from 'node:util';
import type { StoredEvent } from '../domain/upcast';
import type { Deployment } from './deployment';
import { OpsError } from './ops-error';

export type Appended = 'written' | 'there already';

/** Appends an event as it is, unless its version is taken: by the same event, or else by another: throws OpsError. */
export async function append(event: StoredEvent, { dynamodb, events }: Deployment): Promise<Appended> {
  try {
    await dynamodb.send(
      new PutItemCommand({
        TableName: events,
        Item: marshall(event),
        ConditionExpression: 'attribute_not_exists(version)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );
    return 'written';
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) {
      throw error;
    }
    if (error.Item && isDeepStrictEqual(unmarshall(error.Item), event)) {
      return 'there already';
    }
    throw new OpsError(
      `The log has another event as version ${event.version} of ${event.ticketId}. Events are never changed: ` +
        'write to an empty log, or leave this ticket out.',
    );
  }
}
