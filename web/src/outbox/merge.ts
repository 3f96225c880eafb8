import { editTags } from '../../../domain/evolve';
import { trimmed } from '../../../domain/portable';
import { normalizeTags } from '../../../domain/rules';
import { changesIn, type Clash, clashes, editOf, rebase } from '../edit';
import { offeredTo, type Whole } from '../tickets';
import type { Update } from './command';

/** The ticket as the update would leave it. */
export function wanted({ input, base }: Update): Whole {
  const clears = (field: string) => input.clear?.some((cleared) => cleared === field);
  return {
    ...base,
    title: input.title == null ? base.title : trimmed(input.title),
    description: clears('DESCRIPTION') ? null : (input.description ?? base.description),
    status: input.status ?? base.status,
    priority: input.priority ?? base.priority,
    assignee: clears('ASSIGNEE') ? null : (input.assignee ?? base.assignee),
    tags: editTags(base.tags, input.addTags ?? [], normalizeTags(input.removeTags ?? [])),
  };
}

export type Merge =
  | { outcome: 'clash'; clashes: Clash[] }
  /** What is left of the update, and which fields others changed meanwhile. */
  | { outcome: 'merged'; update: Update; others: string[] }
  /** The ticket is as the update wants it. */
  | { outcome: 'nothing left' };

/** Brings an update to a ticket that others have changed since. */
export function merge(update: Update, theirs: Whole): Merge {
  const { input, base } = update;
  const edit = editOf(wanted(update));
  const found = [...clashes(edit, base, theirs), ...statusClash(update, theirs)];
  if (found.length > 0) {
    return { outcome: 'clash', clashes: found };
  }
  const status = input.status && input.status !== theirs.status ? { status: input.status } : {};
  const changes = { ...changesIn(rebase(edit, base, theirs), theirs), ...status };
  if (Object.keys(changes).length === 0) {
    return { outcome: 'nothing left' };
  }
  const reason = input.reason ? { reason: input.reason } : {};
  const rest: Update = { ...update, input: { id: input.id, ...changes, ...reason }, base: theirs };
  return { outcome: 'merged', update: rest, others: changedFields(base, theirs) };
}

function statusClash({ input, base }: Update, theirs: Whole): Clash[] {
  const isClash = input.status && theirs.status !== base.status && theirs.status !== input.status;
  return isClash ? [{ field: 'status', base: base.status, mine: input.status!, theirs: theirs.status }] : [];
}

const FIELDS = ['title', 'description', 'status', 'priority', 'assignee', 'tags'] as const;

export function changedFields(before: Whole, after: Whole): string[] {
  return FIELDS.filter((field) => String(before[field] ?? '') !== String(after[field] ?? ''));
}

/**
 * The update that takes another back, as an event of its own; null if there is none. A status that the ticket can't go
 * back to becomes Open if that is possible.
 */
export function undoing(before: Whole, after: Whole, isAgent: boolean): Update | null {
  const offered = offeredTo(isAgent, after);
  const status = [before.status, 'OPEN' as const].find((status) => offered.includes(status));
  const changes = {
    ...changesIn(editOf(before), after),
    ...(before.status !== after.status && status ? { status } : {}),
  };
  return Object.keys(changes).length === 0
    ? null
    : { type: 'UpdateTicket', input: { id: after.id, ...changes }, base: after };
}
