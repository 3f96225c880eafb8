import { BatchWriteItemCommand, type WriteRequest } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { TicketEvent } from '../domain/events';
import type { CommentRow } from '../domain/view';
import { mergeTicket } from '../functions/project/merge';
import type { Deployment } from './deployment';
import { untilProcessed } from './unprocessed';

const TICKETS_AT_A_TIME = 16;
/** DynamoDB's limit of items in a request. */
const ITEMS_AT_A_TIME = 25;

/** Writes comments, which never change, without a condition, many in a request; tickets, which do, each with its own. */
export class RowWriter {
  private readonly comments: CommentRow[] = [];
  private readonly heads: TicketEvent[] = [];

  constructor(private readonly deployment: Deployment) {}

  async add(comments: CommentRow[], head: TicketEvent): Promise<void> {
    this.comments.push(...comments);
    this.heads.push(head);
    while (this.comments.length >= ITEMS_AT_A_TIME) {
      await this.writeComments();
    }
    if (this.heads.length >= TICKETS_AT_A_TIME) {
      await this.mergeTickets();
    }
  }

  async flush(): Promise<void> {
    await this.writeComments();
    await this.mergeTickets();
  }

  private async writeComments(): Promise<void> {
    const { dynamodb, view } = this.deployment;
    const batch = this.comments
      .splice(0, ITEMS_AT_A_TIME)
      .map((row): WriteRequest => ({ PutRequest: { Item: marshall(row) } }));
    await untilProcessed(batch, async (left) => {
      const { UnprocessedItems } = await dynamodb.send(new BatchWriteItemCommand({ RequestItems: { [view]: left } }));
      return UnprocessedItems?.[view] ?? [];
    });
  }

  private async mergeTickets(): Promise<void> {
    const { dynamodb, view } = this.deployment;
    const target = { client: dynamodb, tableName: view };
    await Promise.all(this.heads.splice(0).map((head) => mergeTicket(head, target, { repair: true })));
  }
}
