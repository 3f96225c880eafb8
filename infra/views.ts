import { type Index, INDEXES, LISTED_ATTRIBUTES } from '../domain/view';

/** What DynamoDB can't change in a table, or only one index at a time. */
export interface ViewShape {
  indexes: readonly Index[];
  /** What each index carries besides keys. */
  listed: readonly string[];
}

export type Views = Record<string, ViewShape>;

/**
 * The tables that hold a view, by the name of their construct. A stage uses one of them: its `view` in cdk.json. A view
 * of another shape gets a table of its own beside the one in use, which keeps its shape until no stage uses it.
 */
export const VIEWS: Views = {
  View: { indexes: Object.values(INDEXES), listed: LISTED_ATTRIBUTES },
};
