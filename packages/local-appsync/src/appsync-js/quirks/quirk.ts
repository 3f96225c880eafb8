import type { AnyNode } from 'acorn';
import type { Rewriting } from '../realm/rewriting';
import type { Rule, Source } from '../realm/validate/source';
import type { QuirkId } from './semantics';

/**
 * Who says so. `AWS`: its staff or documentation; `many`: three independent people or more; `contradicted`: sources
 * disagree; `nobody`: an open question.
 */
export type Certainty = 'AWS' | 'many' | 'two' | 'one' | 'contradicted' | 'nobody';

/** A place in resolver code whose result depends on a quirk. */
export interface Dependence {
  node: AnyNode;
  /** What AppSync is reported to make of it. */
  what: string;
  /** What to write to be right either way. */
  instead: string;
}

/** A reported difference between APPSYNC_JS and JavaScript. */
export interface Quirk {
  id: QuirkId;
  title: string;
  /** Where it was reported. */
  source: string;
  certainty: Certainty;
  /** Places that depend on it and that can be told from the code alone. */
  find?: (source: Source) => Dependence[];
  /** Edits that make it act. */
  rewrite?: (source: Source, rewriting: Rewriting) => void;
  /** Edits that tell who depends on it, where it is not applied and the code alone does not show it. */
  watch?: (source: Source, rewriting: Rewriting) => void;
  /** Code that is refused where the quirk applies. */
  refuse?: Rule;
  /** What to write instead, where only a run can show who depends on it: logged when it first takes effect, or would. */
  atRunTime?: string;
}
