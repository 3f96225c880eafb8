import type { Read } from '../shape';
import type { projection } from './expression';

type Projection = Read<typeof projection>;

/** The projection with those key attributes that it leaves out, which `added` names. */
export function projectingKeys(
  projection: Projection | undefined,
  keyNames: string[],
): { projection: Projection | undefined; added: string[] } {
  if (!projection) {
    return { projection, added: [] };
  }
  const { expression, expressionNames = {} } = projection;
  const projected = new Set(expression.split(',').map((path) => expressionNames[path.trim()] ?? path.trim()));
  const added = keyNames.filter((name) => !projected.has(name));
  const placeholders = added.map((name, index): [string, string] => [`#keyAttribute${index}`, name]);
  return {
    projection: {
      expression: [expression, ...placeholders.map(([placeholder]) => placeholder)].join(', '),
      expressionNames: { ...expressionNames, ...Object.fromEntries(placeholders) },
    },
    added,
  };
}
