import { type FieldNode, type GraphQLResolveInfo, Kind, print, type SelectionNode } from 'graphql';

type Fragments = GraphQLResolveInfo['fragments'];

/** `ctx.info.selectionSetList`: the selected fields as slash paths; an alias takes the place of its field's name. */
export function selectionSetList(info: GraphQLResolveInfo): string[] {
  const paths = new Set<string>();
  for (const node of info.fieldNodes) {
    collect(node.selectionSet?.selections ?? [], '', info.fragments, paths);
  }
  return [...paths];
}

function collect(selections: readonly SelectionNode[], prefix: string, fragments: Fragments, paths: Set<string>): void {
  for (const field of fieldsOf(selections, fragments)) {
    const path = `${prefix}${field.alias?.value ?? field.name.value}`;
    paths.add(path);
    collect(field.selectionSet?.selections ?? [], `${path}/`, fragments, paths);
  }
}

/** `ctx.info.selectionSetGraphQL`: the same as GraphQL text. */
export function selectionSetGraphQL(info: GraphQLResolveInfo): string {
  return info.fieldNodes.map((node) => (node.selectionSet ? print(node.selectionSet) : '')).join('\n');
}

/** The fields of a selection, those of its fragments included. */
export function fieldsOf(selections: readonly SelectionNode[], fragments: Fragments): FieldNode[] {
  return selections.flatMap((selection) => {
    switch (selection.kind) {
      case Kind.FIELD:
        return [selection];
      case Kind.INLINE_FRAGMENT:
        return fieldsOf(selection.selectionSet.selections, fragments);
      case Kind.FRAGMENT_SPREAD:
        return fieldsOf(fragments[selection.name.value]?.selectionSet.selections ?? [], fragments);
    }
  });
}
