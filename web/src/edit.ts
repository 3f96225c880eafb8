import type { ClearableField, UpdateTicketInput } from '../../generated/schema';
import type { TicketPriority, Whole } from './tickets';

/** The fields of the form, as they are typed. */
export interface Edit {
  title: string;
  description: string;
  priority: TicketPriority;
  assignee: string;
  /** Separated by commas. */
  tags: string;
  reason: string;
}

export type EditField = 'title' | 'description' | 'priority' | 'assignee';
export const EDIT_FIELDS: EditField[] = ['title', 'description', 'priority', 'assignee'];

export function editOf(ticket: Whole): Edit {
  return {
    title: ticket.title,
    description: ticket.description ?? '',
    priority: ticket.priority,
    assignee: ticket.assignee ?? '',
    tags: ticket.tags.join(', '),
    reason: '',
  };
}

/** What to ask of the API: only what is not as it was in the ticket that the form began with. */
export function changesIn(edit: Edit, base: Whole): Omit<UpdateTicketInput, 'id'> {
  const was = editOf(base);
  const tags = tagsIn(edit.tags);
  const addTags = tags.filter((tag) => !base.tags.includes(tag));
  const removeTags = base.tags.filter((tag) => !tags.includes(tag));
  const description = edit.description === was.description ? undefined : edit.description;
  const assignee = edit.assignee === was.assignee ? undefined : edit.assignee.trim();
  const clear: ClearableField[] = [
    ...(description === '' ? ['DESCRIPTION' as const] : []),
    ...(assignee === '' ? ['ASSIGNEE' as const] : []),
  ];
  return {
    ...(edit.title === was.title ? {} : { title: edit.title }),
    ...(description ? { description } : {}),
    ...(edit.priority === was.priority ? {} : { priority: edit.priority }),
    ...(assignee ? { assignee } : {}),
    ...(clear.length === 0 ? {} : { clear }),
    ...(addTags.length === 0 ? {} : { addTags }),
    ...(removeTags.length === 0 ? {} : { removeTags }),
  };
}

/** A field that two people changed to different values. */
export interface Clash {
  field: EditField | 'status';
  base: string;
  mine: string;
  theirs: string;
}

/** Tags never clash: what one adds and the other removes are changes of their own. */
export function clashes(edit: Edit, base: Whole, theirs: Whole): Clash[] {
  const [was, is] = [editOf(base), editOf(theirs)];
  return EDIT_FIELDS.filter(
    (field) => edit[field] !== was[field] && is[field] !== was[field] && edit[field] !== is[field],
  ).map((field) => ({ field, base: was[field], mine: edit[field], theirs: is[field] }));
}

/** The form, brought to a newer ticket: what was not touched becomes what it is there. */
export function rebase(edit: Edit, base: Whole, theirs: Whole): Edit {
  const [was, is] = [editOf(base), editOf(theirs)];
  const kept = EDIT_FIELDS.map((field) => [field, edit[field] === was[field] ? is[field] : edit[field]]);
  const mine = tagsIn(edit.tags);
  const tags = [
    ...theirs.tags.filter((tag) => mine.includes(tag) || !base.tags.includes(tag)),
    ...mine.filter((tag) => !base.tags.includes(tag) && !theirs.tags.includes(tag)),
  ];
  return { ...edit, ...(Object.fromEntries(kept) as Partial<Edit>), tags: tags.join(', ') };
}

function tagsIn(text: string): string[] {
  const tags = text.split(',').map((tag) => tag.trim().toLowerCase());
  return [...new Set(tags.filter((tag) => tag !== ''))];
}
