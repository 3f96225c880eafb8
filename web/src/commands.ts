import type { AddCommentInput, CreateTicketInput, UpdateTicketInput } from '../../generated/schema';
import type { Connection } from '../../client/connection';
import { WHOLE, type Whole } from './tickets';

const CREATE = `mutation Create($input: CreateTicketInput!) { createTicket(input: $input) { ${WHOLE} } }`;
const UPDATE = `mutation Update($input: UpdateTicketInput!) { updateTicket(input: $input) { ${WHOLE} } }`;
const COMMENT = `mutation Comment($input: AddCommentInput!) { addComment(input: $input) { ${WHOLE} } }`;

export async function createTicket(api: Connection, input: CreateTicketInput): Promise<Whole> {
  return (await api.query<{ createTicket: Whole }>(CREATE, { input })).createTicket;
}

export async function updateTicket(api: Connection, input: UpdateTicketInput): Promise<Whole> {
  return (await api.query<{ updateTicket: Whole }>(UPDATE, { input })).updateTicket;
}

export async function addComment(api: Connection, input: AddCommentInput): Promise<Whole> {
  return (await api.query<{ addComment: Whole }>(COMMENT, { input })).addComment;
}
