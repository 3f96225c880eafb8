/**
 * The globals of this realm as they were before those AppSync lacks were taken away, for
 * guest code that is loaded later (the date formats).
 */
export const intrinsics: Record<string, unknown> = Object.fromEntries(
  Object.getOwnPropertyNames(globalThis).map((name) => [name, (globalThis as Record<string, unknown>)[name]]),
);
