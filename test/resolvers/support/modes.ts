import { bundleResolver } from '../../../infra/resolver-code';
import { semanticsOf, type SemanticsName } from '../../../packages/local-appsync/src/appsync-js/quirks/semantics';
import {
  type Evaluation,
  type HandlerContext,
  type HandlerName,
  Realm,
  type ResolverCode,
} from '../../../packages/local-appsync/src/appsync-js/realm/realm';

/** A whole second: the clock of the realms. */
export const NOW = Date.UTC(2026, 0, 1);

/** The product's bundles as one reading of APPSYNC_JS runs them. */
export class Reading {
  private readonly realm: Realm;
  private readonly loaded = new Map<string, ResolverCode>();
  /** What it warned of. */
  readonly warnings: string[] = [];

  constructor(semantics: SemanticsName) {
    this.realm = new Realm({
      semantics: semanticsOf(semantics),
      now: () => NOW,
      warn: (line) => void this.warnings.push(line),
    });
  }

  evaluate(bundle: string, handler: HandlerName, context: Partial<HandlerContext>): Evaluation {
    const code = this.loaded.get(bundle) ?? this.realm.load(bundle, bundleResolver(bundle));
    this.loaded.set(bundle, code);
    return code.evaluate(handler, {
      arguments: {},
      identity: null,
      source: null,
      request: { headers: {}, domainName: null },
      info: { fieldName: '', parentTypeName: '', variables: {}, selectionSetList: [], selectionSetGraphQL: '' },
      stash: {},
      prev: null,
      env: {},
      ...context,
    });
  }
}
