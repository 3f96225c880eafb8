/** Runs an act while no other tab runs one under the same name. A tab that ends gives its locks back. */
export type Lock = <T>(name: string, act: () => T | Promise<T>) => Promise<T>;

/** A lock among those who share the map. */
export function lockWithin(last: Map<string, Promise<unknown>>): Lock {
  return (name, act) => {
    const mine = (last.get(name) ?? Promise.resolve()).then(act);
    // Who waits is not concerned with how it went.
    last.set(
      name,
      mine.catch(() => undefined),
    );
    return mine;
  };
}
