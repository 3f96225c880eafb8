import {
  Realm,
  type Evaluation,
  type HandlerContext,
  type HandlerName,
  type RealmOptions,
} from '../../../src/appsync-js/realm/realm';

export function contextWith(given: Partial<HandlerContext> = {}): HandlerContext {
  return {
    arguments: { id: '1' },
    identity: null,
    source: null,
    request: { headers: {}, domainName: null },
    info: {
      fieldName: 'thing',
      parentTypeName: 'Query',
      variables: {},
      selectionSetList: ['id'],
      selectionSetGraphQL: '{ id }',
    },
    stash: {},
    prev: null,
    env: {},
    ...given,
  };
}

/** A module whose request handler has `body`; the body starts at line 4, column 1. */
export function moduleWith(body: string): string {
  return [
    "import { util, extensions, runtime } from '@aws-appsync/utils';",
    "import * as ddb from '@aws-appsync/utils/dynamodb';",
    'export function request(ctx) {',
    body,
    '}',
    'export function response(ctx) { return ctx.result; }',
  ].join('\n');
}

/** Typed, where jest's own say any. */
export function containing(text: string): unknown {
  return expect.stringContaining(text);
}

export function matching(pattern: RegExp): unknown {
  return expect.stringMatching(pattern);
}

export interface Runner {
  /** Runs a request handler with this body. */
  run: (body: string, ctx?: Partial<HandlerContext>) => Evaluation;
  /** The value of an expression, as a handler returns it. */
  valueOf: (expression: string, ctx?: Partial<HandlerContext>) => unknown;
  /** The message of the error that an expression ends in. */
  errorOf: (expression: string) => string;
}

export function runner(options: RealmOptions = {}): Runner {
  const realm = new Realm(options);
  const run = (body: string, ctx: Partial<HandlerContext> = {}): Evaluation =>
    realm.load('test', moduleWith(body)).evaluate('request', contextWith(ctx));
  return {
    run,
    valueOf: (expression, ctx) => {
      const { outcome } = run(`return ${expression};`, ctx);
      if (outcome.kind !== 'value') {
        throw new Error(`no value but ${JSON.stringify(outcome)}`);
      }
      return outcome.value;
    },
    errorOf: (expression) => {
      const { outcome } = run(`return ${expression};`);
      if (outcome.kind !== 'error') {
        throw new Error(`no error but ${JSON.stringify(outcome)}`);
      }
      return outcome.error.message;
    },
  };
}

export function evaluate(code: string, handler: HandlerName, ctx: Partial<HandlerContext> = {}): Evaluation {
  return new Realm().load('test', code).evaluate(handler, contextWith(ctx));
}
