import { StartError } from '../../shared/start-error';
import type { NamedCode, Problem } from './problem';

/** Code with what is wrong in it. */
export interface Refused extends NamedCode {
  problems: readonly Problem[];
}

/** Code that AppSync would refuse to deploy, as it fails the type check or the lint rules. */
export class RefusedCode extends StartError {
  override readonly name = 'RefusedCode';
  /** Where and why, for each code. */
  readonly places: string;

  constructor(refused: readonly Refused[]) {
    const places = byCode(refused).map(
      ({ names, code, problems }) =>
        `AppSync would refuse the code of ${names.join(', ')}; change these places:\n` +
        problems.map((problem) => describe(problem, code)).join('\n'),
    );
    super(
      `${places.join('\n')}\n` +
        'AppSync checks types and lints when code is deployed. To run the code all the same, start with --no-type-check.',
    );
    this.places = places.join('\n');
  }
}

/** Several functions may share their code. */
function byCode(refused: readonly Refused[]): { names: string[]; code: string; problems: readonly Problem[] }[] {
  const codes = new Map<string, { names: string[]; code: string; problems: readonly Problem[] }>();
  for (const { name, code, problems } of refused) {
    const same = codes.get(code) ?? { names: [], code, problems };
    same.names.push(name);
    codes.set(code, same);
  }
  return [...codes.values()];
}

/** The place, what is wrong with it, and the line itself: the writer of bundled code knows only its sources. */
function describe({ line, column, rule, message }: Problem, code: string): string {
  const lines = code.split('\n').slice(0, line);
  const [first, ...details] = message.split('\n');
  return [
    `  code.js:${line}:${column}: ${rule}: ${first}`,
    ...details.map((detail) => `    ${detail}`),
    `    | ${excerpt(lines.at(-1) ?? '', column)}${sourceOf(lines)}`,
  ].join('\n');
}

/** The part of a line that people read; minified code has it all in one line. */
function excerpt(line: string, column: number): string {
  return (line.length > 160 ? line.slice(Math.max(0, column - 40), column + 120) : line).trim();
}

/** esbuild begins what it takes from a file with the file's path. */
function sourceOf(lines: string[]): string {
  const comment = lines.findLast((line) => /^\/\/ \S+\.[cm]?[jt]s$/.test(line));
  return comment === undefined ? '' : `  (${comment.slice(3)})`;
}
