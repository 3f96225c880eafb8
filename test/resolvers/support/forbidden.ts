/** What the snippets speak of. */
export const PRELUDE = `
  declare const util: typeof import('@aws-appsync/utils').util;
  declare const runtime: typeof import('@aws-appsync/utils').runtime;
  declare const extensions: typeof import('@aws-appsync/utils').extensions;
  declare const ctx: import('@aws-appsync/utils').Context;
  declare const ticket: { id: string; version: number; title: string; assignee: string | null; tags: string[] };
  declare const given: { title?: string; assignee?: string | null; ticket?: { title: string; tags: string[] } | null };
  declare const list: string[];
  declare const text: string;
  declare const n: number;
  declare const maybe: object | null;
  declare function raise(message: string): never;
  declare function check(broken: string | null): void;
  declare function refuse(): never;
  declare function pageSize(): number;
`;

/** What a rule refuses, and neighbours that are right. */
interface Examples {
  refused: string[];
  right: string[];
}

/** By rule. */
export const SOURCE: Record<string, Examples> = {
  'no-null-or-undefined': {
    refused: [
      'export const is = ticket.assignee === null;',
      'export const is = null !== ticket.assignee;',
      'export const is = given.title === undefined;',
      'export const is = given.title !== void 0;',
      'export const nothing = void 0;',
      "export const is = typeof given.title === 'undefined';",
      "export const is = Object.hasOwn(given, 'title');",
      "export const is = Object.keys(given).includes('title');",
      "switch (ticket.assignee) { case null: util.error('nobody'); }",
      'export const is = given.assignee !== ticket.assignee;',
    ],
    right: [
      'export const is = ticket.assignee == null;',
      'export const is = given.title != undefined;',
      "export const is = ticket.assignee === 'ann';",
      "export const is = typeof n === 'number';",
      'export const is = (given.assignee ?? null) !== ticket.assignee;',
    ],
  },
  'no-empty-early-return': {
    refused: [
      'runtime.earlyReturn();',
      'runtime.earlyReturn(null);',
      "runtime.earlyReturn(undefined, { skipTo: 'END' });",
      'runtime.earlyReturn(text);',
      'runtime.earlyReturn(maybe);',
      'runtime.earlyReturn(ctx.prev.result);',
      'runtime.earlyReturn(maybe ? ticket : null);',
    ],
    right: [
      "runtime.earlyReturn({}, { skipTo: 'END' });",
      'runtime.earlyReturn(ticket);',
      'runtime.earlyReturn(maybe ?? {});',
    ],
  },
  'no-iteration-over-text': {
    refused: [
      'for (const character of text) { list.push(character); }',
      'export const characters = [...text];',
      'export const [first] = text;',
    ],
    right: ['for (const tag of ticket.tags) { list.push(tag); }', 'export const [first] = list;'],
  },
  'no-unbounded-iteration': {
    refused: [
      'for (const tag of list) { ticket.tags.push(tag); }',
      "export const found = list.find((tag) => tag === 'a');",
      'export const upper = list.slice(1).map((tag) => tag.toUpperCase());',
      'export const upper = list.slice(0, n).map((tag) => tag.toUpperCase());',
      'export const upper = list.slice(0, 1000).map((tag) => tag.toUpperCase());',
      "export const upper = text.split('').map((tag) => tag.toUpperCase());",
      'export const upper = [...ticket.tags, ...list].map((tag) => tag.toUpperCase());',
      'export const upper = (given.ticket ? ticket.tags : list).map((tag) => tag.toUpperCase());',
      'export const all = ctx.result.rest.every((row: object) => row);',
    ],
    right: [
      'for (const tag of ticket.tags) { list.push(tag); }',
      "for (const tag of ['a', 'b']) { list.push(tag); }",
      'export const upper = list.slice(0, 100).map((tag) => tag.toUpperCase());',
      'const TEN = 10; export const upper = list.slice(-TEN).map((tag) => tag.toUpperCase());',
      'export const set = Object.entries(given).filter(([, value]) => value).map(([name]) => name);',
      'const tags = given.ticket?.tags ?? []; export const upper = tags.map((tag) => tag.toUpperCase());',
      'const short = list.slice(0, 9); export const upper = short.map((tag) => tag.toUpperCase());',
      'const { tags: labels } = ticket; export const upper = labels.map((tag) => tag.toUpperCase());',
      "const ROLES = ['a', 'b'] as const; export const upper = ROLES.map((role) => role.toUpperCase());",
      "import { LISTED_ATTRIBUTES } from './view'; export const some = LISTED_ATTRIBUTES.some((name) => name === 'id');",
      'export const all = ctx.result.items.every((row: object) => row);',
      "export const joined = list.join(', ');",
    ],
  },
  'no-number-in-text': {
    refused: [
      'export const key = `comment#${ticket.version}`;',
      "export const key = 'comment#' + ticket.version;",
      "export const key = n + '';",
      'export const key = ticket.version.toString();',
      'export const key = `comment#${ctx.result.version}`;',
    ],
    right: [
      'export const key = `comment#${ticket.version + 0}`;',
      "export const key = n + 1 + '';",
      'const MAX_TAGS = 20; export const rule = `at most ${MAX_TAGS} tags of ${list.length}`;',
      'export const key = `comment#${ticket.id}`;',
    ],
  },
  'no-number-equality': {
    refused: [
      'export const is = n === ticket.version;',
      'export const is = ticket.version !== 1;',
      'export const is = list.length === n;',
      'export const is = ctx.result.version === 1;',
      "switch (n) { case 1: util.error('one'); }",
    ],
    right: [
      'export const is = !(n < ticket.version || n > ticket.version);',
      'export const is = n - ticket.version === 0;',
      'export const is = list.length === 0;',
      'const size = pageSize(); export const is = size === 0;',
      "export const is = ctx.result.title === 'a';",
    ],
  },
  'no-raise-after-nullish': {
    refused: [
      "export const title = given.title ?? raise('no title');",
      "export const title = given.title ?? util.error('no title', 'NotFound');",
      'export const title = given.title ?? refuse();',
      'export const title = given.title ?? (maybe ? util.unauthorized() : null);',
      "given.title ??= raise('no title');",
      'function orRefuse() { check(text); return text; } export const title = given.title ?? orRefuse();',
    ],
    right: [
      "export const title = given.title != null ? given.title : raise('no title');",
      'export const id = given.title ?? util.autoId();',
      "export const title = raise('no title') ?? given.title;",
    ],
  },
  'no-unanchored-matches': {
    refused: [
      "util.matches('[a-z]+', text);",
      "util.matches('^[a-z]+', text);",
      "util.matches('^[a-z]+\\\\$', text);",
      "util.matches('^a|b$', text);",
      'util.matches(text, ticket.title);',
      'util.matches(`^${ticket.title}$`, text);',
    ],
    right: [
      "util.matches('^[a-z]+$', text);",
      "util.matches('^(?:a|[|(])$', text);",
      "const PATTERN = '^[a-z]+$'; util.matches(PATTERN, text);",
    ],
  },
  'no-defaults': {
    refused: [
      "export function f(after = '') { return after; }",
      "export const { title = '' } = given;",
      "export const [first = ''] = list;",
    ],
    right: ["export function f(after: string | null) { return after ?? ''; }"],
  },
  'no-negative-index': {
    refused: [
      'export const last = list[list.length - 1];',
      'export const last = list[-1];',
      'export const last = list.at(-1);',
      'const end = list.length - 1; export const last = list[end];',
      "export const found = list[list.indexOf('a')];",
    ],
    right: ['export const first = list[0];', 'export const next = list[n + 1];', 'export const end = list.slice(-1);'],
  },
  'no-chain-past-optional': {
    refused: [
      "export const has = given.ticket?.tags.indexOf('a');",
      'export const length = given.ticket?.title.length;',
      'export const length = given.title?.toUpperCase().length;',
      'export const first = given.ticket?.tags[0];',
    ],
    right: [
      'export const upper = given.title?.toUpperCase();',
      "export const has = given.ticket?.tags?.indexOf('a');",
      "export const has = given.ticket ? given.ticket.tags.indexOf('a') : -1;",
      'export const upper = ticket.title.toUpperCase().length;',
    ],
  },
  'no-text-order': {
    refused: ['export const is = text < ticket.title;', "export const is = text >= 'a';"],
    right: ['export const is = n < ticket.version;', 'export const is = text.length >= 1;'],
  },
  'no-json-equality': {
    refused: [
      'export const is = JSON.stringify(ticket) === JSON.stringify(given);',
      'const before = JSON.stringify(ticket); export const is = before != JSON.stringify(given);',
    ],
    right: ["export const is = JSON.stringify(ticket) === '{}';", 'export const is = ticket.title === given.title;'],
  },
  'no-returned-assignment': {
    refused: [
      'export function f(sum: number) { return sum += n; }',
      'let sum = 0; export const add = () => (sum += n);',
    ],
    right: ['export function f(sum: number) { sum += n; return sum; }'],
  },
  'no-method-test': {
    refused: ["export const is = typeof list.map === 'function';", 'export const is = Array.isArray(list);'],
    right: ["export const is = typeof list.length === 'number';"],
  },
  'no-trim': {
    refused: ['export const title = text.trim();', 'export const title = given.title?.trimEnd();'],
    right: ['export const title = text.toUpperCase();'],
  },
  'no-lone-surrogate': {
    refused: ["export const half = '\\ud83d';", 'export const half = `\\ude00${text}`;'],
    right: ["export const whole = '\\ud83d\\ude00';", "export const whole = '😀';"],
  },
  'no-return-in-loop': {
    refused: [
      'export function f() { for (const tag of ticket.tags) { if (tag) { return tag; } } return text; }',
      'export function request() { const f = () => { for (const tag of ticket.tags) { return tag; } return 1; }; return f(); }',
    ],
    right: [
      'export function request() { for (const tag of ticket.tags) { return { tag }; } return {}; }',
      'export function f() { for (const tag of ticket.tags) { ticket.tags.map(() => { return tag; }); } return text; }',
    ],
  },
  'no-scattered-imports': {
    refused: [
      "import { util } from '@aws-appsync/utils'; util.autoId();",
      "import { get } from '@aws-appsync/utils/dynamodb'; export const read = get({ key: { id: text } });",
      "export { util } from '@aws-appsync/utils';",
    ],
    right: [
      "import type { Context } from '@aws-appsync/utils'; export type C = Context;",
      "import { type Context } from '@aws-appsync/utils'; export type C = Context;",
    ],
  },
};

/** What is looked for in bundles too, as esbuild writes it. */
export const BUNDLE: Record<string, Examples> = {
  'no-null-or-undefined': {
    refused: ['f(x === null);', 'f(x !== void 0);', 'f(Object.hasOwn(x, "a"));'],
    right: ['f(x == null);', 'f(x == void 0);', 'f(x ? x.a : void 0);'],
  },
  'no-empty-early-return': {
    refused: ['runtime.earlyReturn(null);', 'runtime2.earlyReturn(void 0);'],
    right: ['runtime.earlyReturn({});', 'runtime.earlyReturn(x);'],
  },
  'no-raise-after-nullish': {
    refused: ['function refuse() { util2.error("no", "No"); } f(x ?? refuse());'],
    right: ['function fallback() { return util2.autoId(); } f(x ?? fallback());'],
  },
  'no-unanchored-matches': {
    refused: ['var PATTERN = "[a-z]+"; util.matches(PATTERN, x);'],
    right: ['var PATTERN = "^[a-z]+$"; util.matches(PATTERN, x);'],
  },
  'no-defaults': { refused: ['function g(a = "") { f(a); }'], right: ['function g(a) { f(a ?? ""); }'] },
  'no-negative-index': { refused: ['f(x[x.length - 1]);'], right: ['f(x[0]);'] },
  'no-chain-past-optional': { refused: ['f(x?.list.find(g));'], right: ['f(x?.find(g));'] },
  'no-json-equality': {
    refused: ['f(JSON.stringify(x) === JSON.stringify(y));'],
    right: ['f(JSON.stringify(x));'],
  },
  'no-method-test': { refused: ['f(typeof x.find === "function");'], right: ['f(typeof x === "string");'] },
  'no-returned-assignment': {
    refused: ['function g(a) { return a += 1; }'],
    right: ['function g(a) { return a + 1; }'],
  },
  'no-return-in-loop': {
    refused: ['function find(x) { for (const y of x) { return y; } }'],
    right: ['function request(ctx) { for (const y of x) { return y; } } export { request };'],
  },
  'no-trim': { refused: ['f(x.trim());'], right: ['f(x.split(","));'] },
  'no-lone-surrogate': { refused: ['f("\\uD800");'], right: ['f("\\uD83D\\uDE00");'] },
  'no-repeated-imports': {
    refused: [
      'import { util } from "@aws-appsync/utils"; import { runtime } from "@aws-appsync/utils";',
      'import { util as util2 } from "@aws-appsync/utils";',
    ],
    right: ['import { util, runtime } from "@aws-appsync/utils"; import { get } from "@aws-appsync/utils/dynamodb";'],
  },
};

/** Forbidden everywhere but in domain/portable.ts. */
export const PORTABLE = [
  'export const isNothing = (value: string | null) => value === null;',
  'export const last = list[list.length - 1];',
  'export const decimal = `${n}`;',
  'export const isAtMost = text <= ticket.title;',
  'export const isSame = n === ticket.version;',
  'export const trimmed = text.trim();',
].join('\n');
