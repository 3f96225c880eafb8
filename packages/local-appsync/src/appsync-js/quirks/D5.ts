import { problemAt, type Rule } from '../realm/validate/source';
import type { Quirk } from './quirk';

function nameOf(node: { type: string; name?: string; value?: unknown }): string {
  return node.name ?? String(node.value);
}

const imports: Rule = ({ ofType }) => {
  const declarations = ofType('ImportDeclaration');
  return declarations.flatMap((node, i) => {
    const module = String(node.source.value);
    const isRepeated = declarations.slice(0, i).some(({ source }) => source.value === node.source.value);
    return [
      ...(isRepeated ? [problemAt(node, `'${module}' is imported a second time; import all of it at once (D5)`)] : []),
      ...node.specifiers
        .filter((each) => each.type === 'ImportSpecifier')
        .filter(({ imported, local }) => nameOf(imported) !== local.name)
        .map((each) =>
          problemAt(each, `${nameOf(each.imported)} is imported as ${each.local.name}; import it by its own name (D5)`),
        ),
    ];
  });
};

export const D5: Quirk = {
  id: 'D5',
  title: 'a module can be imported once, and its exports not be renamed',
  source: 'aws-appsync-community #285; serverless-appsync-plugin #576',
  certainty: 'contradicted',
  refuse: imports,
};
