import appsync from '@aws-appsync/eslint-plugin';
import { Linter } from 'eslint';
import type ts from 'typescript';
import type { Problem } from './problem';
import { CODE_FOLDER } from './program';

const linter = new Linter({ cwd: CODE_FOLDER, configType: 'flat' });

/** What AppSync's own rules find in a file; some of them ask for types. */
export function lintProblems(program: ts.Program, file: ts.SourceFile): Problem[] {
  const { languageOptions, ...recommended } = appsync.configs!.recommended as Linter.Config;
  const config: Linter.Config = {
    ...recommended,
    languageOptions: { ...languageOptions, sourceType: 'module', parserOptions: { programs: [program] } },
  };
  // Code can't excuse itself from what AppSync does not run.
  const messages = linter.verify(file.text, config, { filename: file.fileName, allowInlineConfig: false });
  return messages.map(({ line, column, ruleId, message }) => ({ line, column, rule: ruleId ?? 'syntax', message }));
}
