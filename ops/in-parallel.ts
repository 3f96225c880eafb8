/**
 * Works on items as they come, on some at a time. After the first failure no other is begun; it is thrown once those
 * that were begun are done.
 */
export async function inParallel<T>(
  items: AsyncIterable<T>,
  most: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const iterator = items[Symbol.asyncIterator]();
  const failures: unknown[] = [];
  const worker = async () => {
    try {
      while (failures.length === 0) {
        const next = await iterator.next();
        if (next.done) {
          return;
        }
        await work(next.value);
      }
    } catch (error) {
      failures.push(error);
    }
  };
  await Promise.all(Array.from({ length: most }, worker));
  await iterator.return?.();
  if (failures.length > 0) {
    throw failures[0];
  }
}
