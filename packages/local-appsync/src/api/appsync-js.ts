import pLimit from 'p-limit';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { semanticsOf, type Semantics, type SemanticsName } from '../appsync-js/quirks/semantics';
import {
  type Evaluation,
  type HandlerContext,
  type HandlerName,
  Realm,
  type RealmOptions,
} from '../appsync-js/realm/realm';
import { BackgroundCheck } from '../appsync-js/type-check/background';
import type { NamedCode, Problem } from '../appsync-js/type-check/problem';
import { TypeCheck } from '../appsync-js/type-check/type-check';
import type { DataSource } from '../appsync-js/data-source';
import { DynamoDbDataSource } from '../services/appsync/data-sources/dynamodb';
import { NoneDataSource } from '../services/appsync/data-sources/none';
import { ListLevel } from '../services/appsync/execution/batching';
import { Deadline } from '../services/appsync/execution/deadline';
import { noTraces, runResolver } from '../services/appsync/execution/resolver';
import { TURNS } from '../services/appsync/execution/turns';
import { LIMITS } from '../services/appsync/limits';

export { type QuirkId, type Semantics, type SemanticsName, semanticsOf } from '../appsync-js/quirks/semantics';
export {
  type CodeProblem,
  type Evaluation,
  type HandlerContext,
  type HandlerError,
  type HandlerName,
  InvalidCode,
  type Outcome,
  type QuirkEffect,
} from '../appsync-js/realm/realm';
export { validateCode } from '../appsync-js/realm/validate';
export type { NamedCode, Problem } from '../appsync-js/type-check/problem';
export { RefusedCode } from '../appsync-js/type-check/refused-code';
export { FieldError } from '../services/appsync/errors';

export interface AppSyncJsOptions extends Omit<RealmOptions, 'semantics'> {
  /** How code is read, by name, or by the quirks that apply. Default: `appsync`. */
  semantics?: SemanticsName | Semantics;
}

/** The handlers of one resolver or function. */
export interface ResolverCode {
  has(handler: HandlerName): boolean;
  /**
   * Runs a handler on a copy of the context, whose missing members are empty. Each run has fresh module variables.
   * Whatever the code does, errors included, comes back as the outcome.
   */
  evaluate(handler: HandlerName, context: Partial<HandlerContext>): Evaluation;
}

export interface DynamoDbTable {
  name: string;
  client: DynamoDBClient;
}

/** A resolver without functions, or a function of a pipeline. */
export interface Step {
  /** `Query.post`, or the name of the function. Pagination tokens are bound to it. */
  name: string;
  code: ResolverCode;
  /** Of its DynamoDB data source. Without it the data source is NONE. */
  table?: DynamoDbTable;
}

export interface Resolver extends Step {
  /** Makes it a pipeline. */
  functions?: readonly Step[];
}

/**
 * AppSync's JavaScript runtime, APPSYNC_JS 1.0.0, without an API around it: evaluates single handlers, as AppSync's
 * EvaluateCode does, and whole resolvers.
 */
export class AppSyncJs {
  private readonly realm: Realm;
  private readonly semantics: Semantics;

  constructor({ semantics = 'appsync', ...rest }: AppSyncJsOptions = {}) {
    this.semantics = typeof semantics === 'string' ? semanticsOf(semantics) : semantics;
    this.realm = new Realm({ ...rest, semantics: this.semantics });
  }

  /**
   * @param name of the resolver or function, for messages
   * @param code an ES module in JavaScript
   * @throws InvalidCode if AppSync would refuse the code
   */
  load(name: string, code: string): ResolverCode {
    const loaded = this.realm.load(name, code);
    return {
      has: loaded.has,
      evaluate: (handler, context) => loaded.evaluate(handler, { ...EMPTY, ...context }),
    };
  }

  /**
   * Runs a resolver as AppSync does: each handler, and between them its data source.
   * @param context of the field; missing members are empty
   * @returns the value of the field. Rejects with FieldError if the resolver ends with an error.
   */
  async run(resolver: Resolver, context: Partial<HandlerContext>): Promise<unknown> {
    const { semantics } = this;
    const stepOf = (step: Step) => ({ id: step.name, code: step.code, dataSource: dataSourceOf(step, semantics) });
    const [typeName = '', fieldName = ''] = resolver.name.split('.');
    const whole = { ...EMPTY, stash: {}, info: { ...EMPTY.info, parentTypeName: typeName, fieldName }, ...context };
    const deadline = new Deadline(LIMITS.requestMs);
    const limit = pLimit(LIMITS.dataSourceCallsAtOnce);
    try {
      return await runResolver(
        { ...stepOf(resolver), typeName, fieldName, pipeline: resolver.functions?.map(stepOf) },
        whole,
        noTraces(),
        {
          deadline,
          level: new ListLevel(limit),
          line: TURNS.line(),
          limit,
          maxEvaluatedBytes: LIMITS.evaluatedBytes,
          semantics,
          quirks: [],
        },
      );
    } finally {
      deadline.clear();
    }
  }
}

/**
 * What AppSync's type check and lint would find in each code at deployment, in order of place. They take seconds, in a
 * thread of their own.
 */
export function findProblems(codes: readonly string[]): Promise<Problem[][]> {
  return new BackgroundCheck(false).find(codes);
}

/** Rejects with RefusedCode if AppSync's type check or lint would refuse any of the codes. Remembers what it has checked. */
export function checkCode(codes: readonly NamedCode[]): Promise<void> {
  return new TypeCheck(findProblems).check(codes);
}

const EMPTY: HandlerContext = {
  arguments: {},
  identity: null,
  source: null,
  request: { headers: {}, domainName: null },
  info: { fieldName: '', parentTypeName: '', variables: {}, selectionSetList: [], selectionSetGraphQL: '' },
  stash: {},
  prev: null,
  env: {},
};

function dataSourceOf({ name, table }: Step, semantics: Semantics): DataSource {
  return table
    ? new DynamoDbDataSource({
        name,
        tableName: table.name,
        client: table.client,
        tokenSecret: Buffer.from('local'),
        semantics,
      })
    : new NoneDataSource(name);
}
