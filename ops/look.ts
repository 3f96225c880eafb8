import type { Item } from '../functions/project/decode';
import { PROGRESS_ROW } from '../functions/project/progress';
import { compare, type Comparison } from './compare';
import type { Deployment } from './deployment';
import { readTicket } from './history';

/** A ticket's comparison with the rows that it is about. */
export interface Look extends Comparison {
  rows: Item[];
}

/** Compares a ticket's events and rows as they are now. The rows first: what is in the view is in the log by then. */
export async function look({ dynamodb, events, view }: Deployment, ticketId: string): Promise<Look> {
  const rows = (await readTicket(dynamodb, view, ticketId)).filter(isTicketsRow);
  return { rows, ...compare(ticketId, await readTicket(dynamodb, events, ticketId), rows) };
}

/** Whether a row of the view is about a ticket. */
export function isTicketsRow(row: Item): boolean {
  return row.row?.S !== PROGRESS_ROW;
}
