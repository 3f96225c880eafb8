import { useEditorContext } from '@graphiql/react';
import { useEffect, useState } from 'react';
import { EXAMPLES, variablesOf } from './examples';

/** The tab in front, and how to show an example without losing what was typed. */
export function useTab() {
  const { tabs, activeTabIndex, queryEditor, variableEditor, addTab, changeTab, updateActiveTabValues } =
    useEditorContext({ nonNull: true });
  const [wanted, setWanted] = useState<number | null>(null);
  const tab = tabs[activeTabIndex]!;
  const query = tab.query ?? '';
  const variables = tab.variables ?? '';

  /** Replaces an example that nobody changed; else opens a tab. */
  const showExample = (index: number) => {
    // The tabs learn of what is typed a moment after the editors.
    const typed = { query: queryEditor?.getValue() ?? '', variables: variableEditor?.getValue() ?? '' };
    const isFree = ({ query, variables }: Pick<typeof tab, 'query' | 'variables'>) =>
      exampleIn(query ?? '', variables ?? '') !== null;
    const free = isFree(typed) ? activeTabIndex : tabs.findIndex((known) => known !== tab && isFree(known));
    if (free < 0) {
      addTab();
    } else if (free !== activeTabIndex) {
      updateActiveTabValues(typed);
      changeTab(free);
    }
    setWanted(index);
  };
  useEffect(() => {
    // Only now does the tab in front have the editors.
    if (wanted !== null && queryEditor && variableEditor) {
      const values = { query: EXAMPLES[wanted]!.query, variables: variablesOf(wanted) };
      queryEditor.setValue(values.query);
      variableEditor.setValue(values.variables);
      updateActiveTabValues(values);
      setWanted(null);
    }
  }, [wanted, queryEditor, variableEditor]);
  return { id: tab.id, query, variables, example: exampleIn(query, variables), showExample };
}

/** Which example it is, unchanged. */
function exampleIn(query: string, variables: string): number | null {
  const found = EXAMPLES.findIndex((example, index) => example.query === query && variablesOf(index) === variables);
  return found < 0 ? null : found;
}
