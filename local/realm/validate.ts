import { parseModule, handlerBindings } from './factory';
export interface CodeProblem { message: string; line: number; column: number }
export class InvalidCode extends Error {
  constructor(readonly code: string, readonly problems: readonly CodeProblem[]) {
    super(`AppSync would refuse the code of ${code}:\n` + problems.map((p) => `  code.js:${p.line}:${p.column}: ${p.message}`).join('\n'));
  }
}
export const validateCode = (code: string): CodeProblem[] => {
  try { const b = handlerBindings(parseModule(code)); return b.request && b.response ? [] : [{ message: 'must export request and response', line: 1, column: 1 }]; }
  catch (e) { if (e instanceof SyntaxError) return [{ message: e.message, line: 1, column: 1 }]; throw e; }
};
