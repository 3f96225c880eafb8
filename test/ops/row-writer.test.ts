import type { BatchWriteItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { TicketEvent } from '../../domain/events';
import { type CommentRow, commentRow } from '../../domain/view';
import type { Deployment } from '../../ops/deployment';
import { RowWriter } from '../../ops/row-writer';
import { comment, create, happened } from '../domain/specification';

/** A view that takes everything; how many rows came in each request. */
function world() {
  const batches: number[] = [];
  const puts: string[] = [];
  const send = ({ input }: BatchWriteItemCommand | PutItemCommand) => {
    if ('RequestItems' in input) {
      batches.push(input.RequestItems!.view!.length);
    } else {
      puts.push(input.Item!.ticketId!.S!);
    }
    return Promise.resolve({});
  };
  return { batches, puts, writer: new RowWriter({ view: 'view', dynamodb: { send } } as unknown as Deployment) };
}

function ticket(ticketId: string, comments: number): { rows: CommentRow[]; head: TicketEvent } {
  const events = happened([create({ ticketId }), ...Array.from({ length: comments }, () => comment({ ticketId }))]);
  return { rows: events.map(commentRow).filter((row) => row !== null), head: events.at(-1)! };
}

test('comments go as many as a request takes, and what is left at the end', async () => {
  const { batches, writer } = world();
  const { rows, head } = ticket('T', 60);
  await writer.add(rows, head);
  expect(batches).toEqual([25, 25]);
  await writer.flush();
  expect(batches).toEqual([25, 25, 10]);
});

test('a request that would be full is not waited for', async () => {
  const { batches, writer } = world();
  const { rows, head } = ticket('T', 25);
  await writer.add(rows, head);
  expect(batches).toEqual([25]);
});

test('tickets go sixteen at a time, and what is left at the end', async () => {
  const { puts, writer } = world();
  for (let n = 1; n <= 17; n += 1) {
    const { rows, head } = ticket(`T${n}`, 0);
    await writer.add(rows, head);
    expect(puts).toHaveLength(n < 16 ? 0 : 16);
  }
  await writer.flush();
  expect(puts).toHaveLength(17);
});
