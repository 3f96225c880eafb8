import { type DocumentNode, type FieldNode, type GraphQLResolveInfo, Kind, print, type SelectionNode } from 'graphql';

export type Fragments = GraphQLResolveInfo['fragments'];

/** What `ctx.info` tells of the fields that were selected. */
interface SelectionInfo {
  /** Slash paths; an alias takes the place of its field's name. */
  selectionSetList: string[];
  /** GraphQL text. */
  selectionSetGraphQL: string;
}

const known = new WeakMap<FieldNode, SelectionInfo>();

/** Worked out once for a field that its document selects in one place: clients send the same documents again and again. */
export function selectionInfo(info: GraphQLResolveInfo): SelectionInfo {
  const [node, ...more] = info.fieldNodes;
  if (more.length > 0) {
    return workedOut(info);
  }
  const selection = known.get(node!) ?? workedOut(info);
  known.set(node!, selection);
  return selection;
}

function workedOut(info: GraphQLResolveInfo): SelectionInfo {
  return { selectionSetList: selectionSetList(info), selectionSetGraphQL: selectionSetGraphQL(info) };
}

function selectionSetList(info: GraphQLResolveInfo): string[] {
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

function selectionSetGraphQL(info: GraphQLResolveInfo): string {
  return info.fieldNodes.map((node) => (node.selectionSet ? print(node.selectionSet) : '')).join('\n');
}

/** An error's data, cut down to what the client selected of the field. */
export function selectedData(data: unknown, { fieldNodes, fragments }: GraphQLResolveInfo): unknown {
  return selected(data, fieldNodes, fragments);
}

function selected(data: unknown, nodes: readonly FieldNode[], fragments: Fragments): unknown {
  const fields = fieldsOf(
    nodes.flatMap(({ selectionSet }) => selectionSet?.selections ?? []),
    fragments,
  );
  if (data === undefined || data === null || typeof data !== 'object' || fields.length === 0) {
    return data ?? null;
  }
  if (Array.isArray(data)) {
    return data.map((item) => selected(item, nodes, fragments));
  }
  return Object.fromEntries(
    fields.map((field) => [
      field.alias?.value ?? field.name.value,
      selected((data as Record<string, unknown>)[field.name.value], [field], fragments),
    ]),
  );
}

/** The fields of a selection, those of its fragments included; a fragment that is spread again adds nothing. */
export function fieldsOf(selections: readonly SelectionNode[], fragments: Fragments): FieldNode[] {
  const spread = new Set<string>();
  const collect = (more: readonly SelectionNode[]): FieldNode[] =>
    more.flatMap((selection) => {
      switch (selection.kind) {
        case Kind.FIELD:
          return [selection];
        case Kind.INLINE_FRAGMENT:
          return collect(selection.selectionSet.selections);
        case Kind.FRAGMENT_SPREAD: {
          const { value: name } = selection.name;
          if (spread.has(name)) {
            return [];
          }
          spread.add(name);
          return collect(fragments[name]?.selectionSet.selections ?? []);
        }
      }
    });
  return collect(selections);
}

export function fragmentsOf(document: DocumentNode): Fragments {
  return Object.fromEntries(
    document.definitions.flatMap((node) => (node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node]] : [])),
  );
}
