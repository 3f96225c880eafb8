/** A helper that AppSync has and this realm has not; calling it is an error that says so. */
export const unsupported = (helper: string) => (): never => {
  throw new Error(`not supported locally: ${helper}`);
};

/** An object of such helpers, named below `path`. */
export const unsupportedHelpers = (path: string, names: readonly string[]): Record<string, () => never> =>
  Object.fromEntries(names.map((name) => [name, unsupported(`${path}.${name}`)]));
