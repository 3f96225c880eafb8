/**
 * The globals of this realm as they were before those AppSync lacks were taken away.
 * Guest code that the bundler compiled keeps its own references; code that is loaded later
 * (the date formats) gets them from here.
 */
export const intrinsics: Record<string, unknown> = Object.fromEntries(
  Object.getOwnPropertyNames(globalThis).map((name) => [name, (globalThis as Record<string, unknown>)[name]]),
);
