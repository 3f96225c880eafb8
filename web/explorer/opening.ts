import { EXAMPLES, variablesOf } from './examples';
import type { Identity } from './identity';

/** What the explorer shows first. */
export interface Opening {
  query: string;
  variables: string;
  headers: string;
  identity?: Identity;
}

export const FIRST_VISIT: Opening = { query: EXAMPLES[0]!.query, variables: variablesOf(0), headers: '' };

/**
 * What was in front when the page was left; null if nothing was. GraphiQL keeps its tabs and what is in its editors at
 * different moments, and after a quick reload takes the difference for a new tab.
 */
export function frontTab(storage: { getItem(key: string): string | null }): Opening | null {
  try {
    const { tabs, activeTabIndex } = JSON.parse(storage.getItem('graphiql:tabState')!) as Kept;
    const { query, variables, headers } = tabs[activeTabIndex]!;
    return { query: query ?? '', variables: variables ?? '', headers: headers ?? '' };
  } catch {
    // Nothing is kept, or not by this version of GraphiQL, which begins anew then.
    return null;
  }
}

interface Kept {
  tabs: Record<'query' | 'variables' | 'headers', string | null>[];
  activeTabIndex: number;
}
