import type { AddCommentInput, CreateTicketInput, UpdateTicketInput } from '../../../generated/schema';
import type { Clash } from '../edit';
import type { Whole } from '../tickets';

/** What a person asked for, as it is kept until the API has it. */
export type Command = Create | Update | Comment;

export interface Create {
  type: 'CreateTicket';
  input: Omit<CreateTicketInput, 'commandId'>;
}

export interface Update {
  type: 'UpdateTicket';
  input: Omit<UpdateTicketInput, 'commandId' | 'expectedVersion'>;
  /** The ticket that the person saw. The update is refused if it is another by now. */
  base: Whole;
}

export interface Comment {
  type: 'AddComment';
  input: Omit<AddCommentInput, 'commandId'>;
  /** The ticket's version before the comment: what was said later may be the comment itself. */
  after: number;
  /** The ticket's title, for the list of what is unsent. */
  title: string;
}

/** Whether a comment is for agents alone. */
export function isNote({ input }: Comment): boolean {
  return input.visibility === 'INTERNAL';
}

/** Why a command is not sent by itself any more. */
export interface Refusal {
  type: string;
  message: string;
  info: Record<string, unknown> | null;
  /** Somebody changed the same: a person has to choose. */
  conflict?: { clashes: Clash[]; theirs: Whole; actor: string };
}

/** A command in the outbox. */
export interface Entry {
  commandId: string;
  command: Command;
  /** Its place: commands of one ticket are sent in this order. */
  at: number;
  /** Not sent before: until then it can be taken back for certain. */
  due: number;
  /** How often it was sent. If it was, it may have arrived. */
  attempts: number;
  refusal?: Refusal;
  /** The fields that colleagues changed meanwhile, if the command was put together with their changes. */
  mergedWith?: string[];
}

/** A command that the API has. */
export interface Sent extends Pick<Entry, 'commandId' | 'command' | 'mergedWith'> {
  /** As of the event that the command wrote. */
  ticket: Whole;
  at: number;
}

/** Commands of one lane are sent one after the other. */
export function laneOf({ commandId, command }: Pick<Entry, 'commandId' | 'command'>): string {
  return command.type === 'CreateTicket' ? commandId : command.input.id;
}
