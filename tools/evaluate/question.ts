import type { HandlerContext, HandlerName, QuirkId } from 'local-appsync/appsync-js';
import type { Answer } from './answer';

/** A way in which APPSYNC_JS is reported, or suspected, to differ from JavaScript, and what settles whether it does. */
export interface Row {
  /** As in packages/local-appsync/README.md; a word, where the catalogue there has no row. */
  id: string;
  /** What is reported. */
  title: string;
  /** The local runtime can do it, as `--semantics` says. */
  emulated?: QuirkId;
  questions: Question[];
  /** Our code that this concerns, and why it is right either way, if it is. */
  code: string;
  /** What to change in our code once the answer is known; nothing, unless it is said here. */
  change?: { javascript?: string; reported?: string };
}

/** Code that AppSync answers a question by when it evaluates it. */
export interface Question {
  asks: string;
  code: string;
  /** Which is evaluated: the request handler, unless it is said here. */
  handler?: HandlerName;
  context?: Partial<HandlerContext>;
  /** What JavaScript and, for helpers, the documentation come to. */
  javascript: Answer;
  /** What AppSync is reported, or suspected, to come to: any of these. */
  reported?: Answer[];
  /** What the local runtime comes to where that is neither. */
  here?: Answer;
}

const IMPORTS = "import { extensions, runtime, util } from '@aws-appsync/utils';";

/** A module whose request handler does this. `before` stands at its top level. */
export function inRequest(body: string, before = '', imports = IMPORTS): string {
  return lines(
    imports,
    before,
    'export function request(ctx) {',
    body,
    '}',
    'export function response(ctx) {',
    'return null;',
    '}',
  );
}

/** The same of its response handler. */
export function inResponse(body: string): string {
  return lines(
    IMPORTS,
    'export function request(ctx) {',
    'return {};',
    '}',
    'export function response(ctx) {',
    body,
    '}',
  );
}

export function lines(...texts: string[]): string {
  return `${texts.filter((text) => text !== '').join('\n')}\n`;
}

/** A context with these arguments. */
export function args(given: Record<string, unknown>): Partial<HandlerContext> {
  return { arguments: given };
}

export const AN_ERROR: Answer = { error: /./ };
