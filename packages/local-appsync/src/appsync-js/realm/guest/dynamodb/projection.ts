export interface Projection {
  expression: string;
  expressionNames: Record<string, string>;
}

/** Attribute paths (`nested.object[1]`) as a projection; every name goes through a placeholder, so reserved words are safe. */
export function renderProjection(paths: readonly string[]): Projection {
  const placeholders = new Map<string, string>();
  const placeholder = (name: string): string => {
    const known = placeholders.get(name) ?? `#projName_${placeholders.size + 1}`;
    placeholders.set(name, known);
    return known;
  };
  const step = (part: string): string => {
    const bracket = part.indexOf('[');
    return bracket < 0 ? placeholder(part) : placeholder(part.slice(0, bracket)) + part.slice(bracket);
  };
  const expression = paths.map((path) => path.split('.').map(step).join('.')).join(', ');
  return {
    expression,
    expressionNames: Object.fromEntries([...placeholders].map(([name, key]) => [key, name])),
  };
}
