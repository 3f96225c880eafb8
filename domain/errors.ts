import { decimal } from './portable';
import type { TicketStatus } from './ticket';

/** Why a command was refused: `type` and `info` are the API's errorType and errorInfo. */
export type TicketError =
  | { type: 'ValidationError'; message: string; info: { field: string; rule: string } }
  | { type: 'TicketNotFound'; message: string; info: null }
  | { type: 'TicketAlreadyExists'; message: string; info: null }
  | { type: 'CommandIdReused'; message: string; info: null }
  | { type: 'Unauthorized'; message: string; info: { field: string } }
  | { type: 'VersionConflict'; message: string; info: { currentVersion: number } }
  | {
      type: 'InvalidTransition';
      message: string;
      info: { from: TicketStatus; to: TicketStatus; allowed: TicketStatus[] };
    };

export function validationError(field: string, rule: string): TicketError {
  return { type: 'ValidationError', message: `${field}: ${rule}.`, info: { field, rule } };
}

export function ticketNotFound(id: string): TicketError {
  return { type: 'TicketNotFound', message: `There is no ticket ${id}.`, info: null };
}

export function ticketAlreadyExists(id: string): TicketError {
  return {
    type: 'TicketAlreadyExists',
    message: `Ticket ${id} was created by another command. Choose another id, or update the ticket.`,
    info: null,
  };
}

export function commandIdReused(commandId: string): TicketError {
  return {
    type: 'CommandIdReused',
    message: `The command ${commandId} was used for something else. Repeat a command unchanged, or give a new commandId.`,
    info: null,
  };
}

export function unauthorized(field: string, why: string): TicketError {
  return { type: 'Unauthorized', message: `${field}: not for a requester: ${why}.`, info: { field } };
}

export function versionConflict(currentVersion: number): TicketError {
  return {
    type: 'VersionConflict',
    message: `The ticket is at version ${decimal(currentVersion)} by now. Read it again, then decide whether the change still stands.`,
    info: { currentVersion },
  };
}

export function invalidTransition(from: TicketStatus, to: TicketStatus, allowed: TicketStatus[]): TicketError {
  return {
    type: 'InvalidTransition',
    message: `A ticket that is ${from} can become ${allowed.join(', ')}, not ${to}.`,
    info: { from, to, allowed },
  };
}
