/** A helper that AppSync has and this realm has not; calling it is an error that says so. */
export function unsupported(helper: string) {
  return (): never => {
    throw new Error(`not supported locally: ${helper}`);
  };
}

/** An object of such helpers, named below `path`. */
export function unsupportedHelpers(path: string, names: readonly string[]): Record<string, () => never> {
  return Object.fromEntries(names.map((name) => [name, unsupported(`${path}.${name}`)]));
}
