import { problemAt, type Rule } from './source';

/** Globals that are values as they stand. */
const VALUES = ['NaN', 'Infinity', 'undefined', 'util', 'extensions', 'runtime'];

/** Globals of which only some members exist; source: AppSync's "Supported runtime features". */
const MEMBERS: Readonly<Record<string, readonly string[]>> = {
  Object: ['assign', 'entries', 'hasOwn', 'keys', 'values'],
  String: ['raw'],
  Number: ['isFinite', 'isNaN'],
  Math: ['random', 'min', 'max', 'round', 'floor', 'ceil'],
  JSON: ['parse', 'stringify'],
  console: ['log', 'error'],
};

const INSTEAD: Readonly<Record<string, string>> = {
  Date: 'use util.time',
  RegExp: 'use util.matches(pattern, text)',
  Map: 'use a plain object',
  Set: 'use a plain object or an array',
  Promise: 'a handler is synchronous',
  fetch: 'use an HTTP data source',
  process: 'use ctx.env',
  crypto: 'use util.autoId()',
  require: 'bundle what you need into the code',
};

/** Names that neither the code nor AppSync declares, and members that AppSync's globals lack. */
export const globals: Rule = ({ globals: uses, bindings, parentOf }) => {
  const problems = uses.flatMap(({ identifier }) => {
    const { name } = identifier;
    if (VALUES.includes(name)) {
      return [];
    }
    const members = MEMBERS[name];
    if (!members) {
      const instead = INSTEAD[name];
      return [problemAt(identifier, `${name} does not exist in AppSync${instead ? `; ${instead}` : ''}`)];
    }
    const parent = parentOf(identifier);
    if (parent?.type !== 'MemberExpression' || parent.object !== identifier || parent.computed) {
      return [
        problemAt(
          identifier,
          `${name} itself cannot be called or passed on; only ${members.map((member) => `${name}.${member}`).join(', ')} exist`,
        ),
      ];
    }
    const member = parent.property.type === 'Identifier' ? parent.property.name : '';
    return members.includes(member)
      ? []
      : [problemAt(parent, `${name}.${member} does not exist in AppSync; there are ${members.join(', ')}`)];
  });
  // `arguments` is declared by every function, so it never counts as a global.
  const implicit = bindings.filter(({ name, variable }) => name === 'arguments' && variable.defs.length === 0);
  return [
    ...problems,
    ...implicit.flatMap(({ uses: each }) =>
      each.map(({ identifier }) =>
        problemAt(identifier, 'arguments is not supported; name the parameters or use ...rest'),
      ),
    ),
  ];
};
