import { bundleResolver } from '../../../infra/resolver-code';
import {
  AppSyncJs,
  type Evaluation,
  type HandlerContext,
  type HandlerName,
  type ResolverCode,
  type SemanticsName,
} from 'local-appsync/appsync-js';

/** A whole second: the clock of all readings. */
export const NOW = Date.UTC(2026, 0, 1);

/** The product's bundles as one reading of APPSYNC_JS runs them. */
export class Reading {
  private readonly js: AppSyncJs;
  private readonly loaded = new Map<string, ResolverCode>();
  /** What it warned of. */
  readonly warnings: string[] = [];

  constructor(semantics: SemanticsName) {
    this.js = new AppSyncJs({ semantics, now: () => NOW, warn: (line) => void this.warnings.push(line) });
  }

  evaluate(bundle: string, handler: HandlerName, context: Partial<HandlerContext>): Evaluation {
    const code = this.loaded.get(bundle) ?? this.js.load(bundle, bundleResolver(bundle));
    this.loaded.set(bundle, code);
    return code.evaluate(handler, context);
  }
}
