/** Does work once fewer pieces than its limit are under way; those that wait go first come, first served. */
export type Limit = <T>(work: () => Promise<T>) => Promise<T>;
