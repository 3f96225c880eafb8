/** A place in the code of a resolver or function for which AppSync would refuse it. */
export interface Problem {
  /** From 1, as is the column. */
  line: number;
  column: number;
  /** `TS2322`, or the name of a lint rule. */
  rule: string;
  message: string;
}

/** The code of a resolver or function, an ES module in JavaScript. */
export interface NamedCode {
  /** `Query.posts`, or the name of the pipeline function. */
  name: string;
  code: string;
}
