import ts from 'typescript';
import type { Problem } from './problem';

/** What keeps a file from being parsed. */
export function syntaxProblems(program: ts.Program, file: ts.SourceFile): Problem[] {
  return program.getSyntacticDiagnostics(file).map((diagnostic) => problemOf(diagnostic, file));
}

/** What TypeScript finds in a file that can be parsed. */
export function typeProblems(program: ts.Program, file: ts.SourceFile): Problem[] {
  return program.getSemanticDiagnostics(file).map((diagnostic) => problemOf(diagnostic, file));
}

/** In the words of `tsc`. */
function problemOf({ start = 0, code, messageText }: ts.Diagnostic, file: ts.SourceFile): Problem {
  const { line, character } = file.getLineAndCharacterOfPosition(start);
  return {
    line: line + 1,
    column: character + 1,
    rule: `TS${code}`,
    message: ts.flattenDiagnosticMessageText(messageText, '\n'),
  };
}
