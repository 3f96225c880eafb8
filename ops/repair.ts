import { ConditionalCheckFailedException, DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { commentRow } from '../domain/view';
import type { Item } from '../functions/project/decode';
import { mergeComments, mergeTicket } from '../functions/project/merge';
import type { Difference } from './compare';
import type { Deployment } from './deployment';
import { look } from './look';

export interface Repair {
  found: Difference[];
  left: Difference[];
}

/** Makes the rows of a ticket what its events say; what is newer by then stays. */
export async function repair(deployment: Deployment, ticketId: string): Promise<Repair> {
  const { dynamodb, view } = deployment;
  const { rows, events, differences: found } = await look(deployment, ticketId);
  const wrong = new Map(found.flatMap((one) => ('row' in one ? [[one.row, one.kind]] : [])));
  const isInTheWay = ({ row, version }: Item) =>
    wrong.get(row?.S ?? '') === 'orphan row' || (wrong.has(row?.S ?? '') && version?.N === undefined);
  for (const row of rows.filter(isInTheWay)) {
    await remove(row, deployment);
  }
  const target = { client: dynamodb, tableName: view };
  const comments = events.filter((event) => wrong.has(commentRow(event)?.row ?? ''));
  await mergeComments(comments, target);
  const head = events.at(-1);
  if (head && wrong.has('ticket')) {
    await mergeTicket(head, target, { repair: true });
  }
  return { found, left: (await look(deployment, ticketId)).differences };
}

/** Removes a row, unless it has changed since it was read. */
async function remove({ ticketId, row, version }: Item, { dynamodb, view }: Deployment): Promise<void> {
  try {
    await dynamodb.send(
      new DeleteItemCommand({
        TableName: view,
        Key: { ticketId: ticketId!, row: row! },
        ConditionExpression: version ? '#version = :version' : 'attribute_not_exists(#version)',
        ExpressionAttributeNames: { '#version': 'version' },
        ...(version && { ExpressionAttributeValues: { ':version': version } }),
      }),
    );
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) {
      throw error;
    }
    // It is another row by now.
  }
}
