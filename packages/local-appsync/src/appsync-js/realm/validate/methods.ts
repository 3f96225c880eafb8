import type { AnyNode } from 'acorn';
import { problemAt, type Rule } from './source';

/** Array methods that take a function. */
export const FUNCTION_TAKERS = [
  'forEach',
  'map',
  'flatMap',
  'filter',
  'reduce',
  'reduceRight',
  'find',
  'some',
  'every',
  'findIndex',
  'findLast',
  'findLastIndex',
];

/**
 * The documented methods of strings and arrays, and `includes` and `substring`, which AWS's own
 * samples use.
 */
const SUPPORTED = new Set([
  ...FUNCTION_TAKERS,
  'charAt',
  'concat',
  'endsWith',
  'indexOf',
  'lastIndexOf',
  'replace',
  'replaceAll',
  'slice',
  'split',
  'startsWith',
  'toLowerCase',
  'toUpperCase',
  'trim',
  'trimEnd',
  'trimStart',
  'fill',
  'flat',
  'join',
  'pop',
  'push',
  'reverse',
  'shift',
  'sort',
  'splice',
  'unshift',
  'includes',
  'substring',
]);

/** Every method the language has; a call of another name is a helper's. */
export const LANGUAGE_METHODS: ReadonlySet<string> = new Set(
  [Object, String, Array, Number, Boolean].flatMap((type) => Object.getOwnPropertyNames(type.prototype)),
);

/** `util` of `util.time.now()`. */
function rootOf(node: AnyNode): AnyNode {
  let at = node;
  while (at.type === 'MemberExpression') {
    at = at.object;
  }
  return at;
}

/** Calls of methods that JavaScript has and AppSync has not. */
export const methods: Rule = ({ nodes, bindings, globals }) => {
  const imported = bindings.filter(({ variable }) => variable.defs.some(({ type }) => type === 'ImportBinding'));
  // Members of modules and of globals are other rules' business.
  const helpers = [...imported.flatMap(({ uses }) => uses), ...globals].map(({ identifier }): AnyNode => identifier);
  return nodes.flatMap((node) => {
    if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') {
      return [];
    }
    const { property, computed } = node.callee;
    if (computed || property.type !== 'Identifier') {
      return [];
    }
    const root = rootOf(node.callee);
    if (helpers.includes(root)) {
      return [];
    }
    if (property.name === 'sort' && node.arguments.length > 0) {
      return [
        problemAt(property, 'sort takes no comparator in AppSync; build sortable strings, or let the data source sort'),
      ];
    }
    return LANGUAGE_METHODS.has(property.name) && !SUPPORTED.has(property.name)
      ? [problemAt(property, `the method ${property.name} is not among those AppSync documents`)]
      : [];
  });
};
