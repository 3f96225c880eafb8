import { InvokeCommand } from '@aws-sdk/client-lambda';
import type { DynamoDBBatchResponse, DynamoDBRecord } from 'aws-lambda';
import type { Item } from '../functions/project/decode';
import type { Deployment } from './deployment';
import { ticketOf } from './history';

/** As many as fit in an invocation, however large each is: DynamoDB's items have 400 KB, Lambda's payloads 6 MB. */
const EVENTS_AT_A_TIME = 10;

export interface HandedOver {
  /** The events that the projector refused: `ticketId version`. */
  refused: string[];
  /** Why the projector did not answer. */
  error?: string;
}

/** Invokes the projector, as deployed and with its own role, with events that it merges and publishes. */
export async function handOver(events: Item[], { lambda, projector }: Deployment): Promise<HandedOver> {
  const refused: string[] = [];
  for (let at = 0; at < events.length; at += EVENTS_AT_A_TIME) {
    const records = events.slice(at, at + EVENTS_AT_A_TIME).map((item, i): DynamoDBRecord => ({
      eventName: 'INSERT',
      eventSource: 'aws:dynamodb',
      dynamodb: { NewImage: item as never, SequenceNumber: String(i) },
    }));
    const { FunctionError, Payload } = await lambda.send(
      new InvokeCommand({ FunctionName: projector, Payload: JSON.stringify({ Records: records }) }),
    );
    const answer = new TextDecoder().decode(Payload);
    if (FunctionError) {
      return { refused, error: answer };
    }
    const { batchItemFailures } = JSON.parse(answer) as DynamoDBBatchResponse;
    refused.push(...batchItemFailures.map(({ itemIdentifier }) => nameOf(events[at + Number(itemIdentifier)]!)));
  }
  return { refused };
}

/** `ticketId version` */
export function nameOf(item: Item): string {
  return `${ticketOf(item)} ${item.version?.N}`;
}
