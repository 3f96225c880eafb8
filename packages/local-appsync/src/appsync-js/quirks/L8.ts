import { problemAt, type Rule } from '../realm/validate/source';
import type { Quirk } from './quirk';

const callsOfExports: Rule = ({ bindings, parentOf }) =>
  bindings
    .filter(({ variable }) =>
      variable.defs.some(({ node, parent }) => {
        const declaration = (parent ?? node) as Parameters<typeof parentOf>[0];
        return parentOf(declaration)?.type === 'ExportNamedDeclaration';
      }),
    )
    .flatMap(({ name, uses }) =>
      uses.flatMap(({ identifier }) => {
        const parent = parentOf(identifier);
        return parent?.type === 'CallExpression' && parent.callee === identifier
          ? [
              problemAt(
                identifier,
                `${name} is exported where it is declared, so it cannot be called; write export { ${name} } at the end (L8)`,
              ),
            ]
          : [];
      }),
    );

export const L8: Quirk = {
  id: 'L8',
  title: 'a function that is exported where it is declared cannot be called',
  source: 'public repositories',
  certainty: 'one',
  refuse: callsOfExports,
};
