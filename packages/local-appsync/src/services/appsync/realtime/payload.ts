import {
  type FieldNode,
  getNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isAbstractType,
  isLeafType,
  isObjectType,
} from 'graphql';
import { fieldsOf, type Fragments } from '../execution/selection';

/**
 * A mutation's result with the schema's names in place of aliases, and its leaves as resolvers know them. Of an
 * interface or a union it has only what tells its type, unless the mutation selected `__typename`.
 */
export class Payloads {
  constructor(
    private readonly schema: GraphQLSchema,
    private readonly fragments: Fragments,
  ) {}

  of(value: unknown, type: GraphQLOutputType, nodes: FieldNode[]): unknown {
    if (value === null || value === undefined) {
      return null;
    }
    if (Array.isArray(value)) {
      return value.map((item) => this.of(item, type, nodes));
    }
    const named = getNamedType(type);
    return isLeafType(named)
      ? named.parseValue(value)
      : this.object(value as Record<string, unknown>, named.name, nodes);
  }

  private object(value: Record<string, unknown>, typeName: string, nodes: FieldNode[]): Record<string, unknown> {
    const selected = nodes.flatMap((node) => fieldsOf(node.selectionSet?.selections ?? [], this.fragments));
    const type = this.concrete(typeName, value, selected);
    const result: Record<string, unknown> = { __typename: type?.name };
    for (const key of new Set(selected.map(responseKey))) {
      const same = selected.filter((node) => responseKey(node) === key);
      const field = type?.getFields()[same[0]!.name.value];
      if (field) {
        result[field.name] = this.of(value[key], field.type, same);
      }
    }
    return result;
  }

  private concrete(typeName: string, value: Record<string, unknown>, selected: FieldNode[]) {
    const told = selected.find(({ name }) => name.value === '__typename');
    const name = isAbstractType(this.schema.getType(typeName)) && told ? String(value[responseKey(told)]) : typeName;
    const type = this.schema.getType(name);
    return isObjectType(type) ? type : undefined;
  }
}

export function responseKey(node: FieldNode): string {
  return node.alias?.value ?? node.name.value;
}
