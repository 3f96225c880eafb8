import { useEditorContext } from '@graphiql/react';
import { useEffect } from 'react';

/** Names GraphiQL's editors for screen readers, and lets Tab out of them: it would be caught there for good. */
export function useAccessibleEditors(): void {
  const { queryEditor, variableEditor, headerEditor, responseEditor } = useEditorContext({ nonNull: true });
  useEffect(() => {
    const editors = [
      ['Query', queryEditor],
      ['Variables', variableEditor],
      ['Headers', headerEditor],
      ['Response', responseEditor],
    ] as const;
    for (const [name, editor] of editors) {
      editor?.getInputField().setAttribute('aria-label', name);
      editor?.addKeyMap({ Tab: false, 'Shift-Tab': false });
    }
  }, [queryEditor, variableEditor, headerEditor, responseEditor]);
}
