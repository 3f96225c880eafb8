import {
  type ArgumentNode,
  getNamedType,
  getNullableType,
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLList,
  type GraphQLResolveInfo,
  isInputObjectType,
  isLeafType,
  isListType,
  Kind,
  type ObjectFieldNode,
  typeFromAST,
  type ValueNode,
} from 'graphql';
import type { Semantics } from '../../../appsync-js/quirks/semantics';
import type { QuirkEffect } from '../../../appsync-js/realm/realm';

type Values = Record<string, unknown>;

/** What resolvers see of what a client sent. */
export interface GivenArguments {
  args: Values;
  /** `ctx.info.variables` */
  variables: Values;
  /** Where it differs from what JavaScript's reference implementation would give. */
  quirks: QuirkEffect[];
}

/**
 * The arguments of a field as AppSync is reported to hand them to resolvers: a variable that is declared but not sent
 * is null, at any depth (A2), and the defaults of the schema stay in the schema (P7). Those of the operation count.
 * @param args as graphql-js reads them
 * @param sent the request's variables, untouched
 */
export function givenArguments(
  args: Values,
  info: GraphQLResolveInfo,
  sent: Values,
  semantics: Semantics,
): GivenArguments {
  if (!semantics.applies('A2') && !semantics.applies('P7')) {
    return { args, variables: info.variableValues, quirks: [] };
  }
  const reading = new Reading(info, sent, semantics);
  return { args: reading.arguments(), variables: reading.variables(), quirks: reading.quirks };
}

class Reading {
  readonly quirks: QuirkEffect[] = [];

  constructor(
    private readonly info: GraphQLResolveInfo,
    private readonly sent: Values,
    private readonly semantics: Semantics,
  ) {}

  arguments(): Values {
    const { parentType, fieldName, fieldNodes } = this.info;
    const field = parentType.getFields()[fieldName];
    return this.members(field?.args ?? [], fieldNodes[0]?.arguments ?? [], '');
  }

  variables(): Values {
    const names = Object.keys(this.info.variableValues);
    return Object.fromEntries(names.map((name) => [name, this.variable(name, `$${name}`)]));
  }

  /** Arguments, or the fields of an input object. */
  private members(
    declared: readonly (GraphQLArgument | GraphQLInputField)[],
    given: readonly Given[],
    path: string,
  ): Values {
    const values: Values = {};
    for (const { name, type, defaultValue } of declared) {
      const node = given.find((each) => each.name.value === name)?.value;
      const value = node && this.value(node, type, path + name);
      if (value !== undefined) {
        values[name] = value;
      } else if (defaultValue !== undefined) {
        this.applyDefault(values, name, defaultValue, path);
      }
    }
    return values;
  }

  private applyDefault(values: Values, name: string, value: unknown, path: string): void {
    if (this.semantics.applies('P7')) {
      this.quirks.push({ id: 'P7', argument: path + name });
    } else {
      values[name] = value;
    }
  }

  /** Undefined: nothing is given. */
  private value(node: ValueNode, type: GraphQLInputType, path: string): unknown {
    if (node.kind === Kind.VARIABLE) {
      const value = this.variable(node.name.value, path);
      return value === undefined ? this.unsent(path) : value;
    }
    if (node.kind === Kind.NULL) {
      return null;
    }
    const nullable = getNullableType(type);
    if (isListType(nullable)) {
      const items = node.kind === Kind.LIST ? node.values : [node];
      return items.map((item, i) => this.value(item, nullable.ofType, `${path}[${i}]`) ?? null);
    }
    if (isInputObjectType(nullable)) {
      const fields = node.kind === Kind.OBJECT ? node.fields : [];
      return this.members(Object.values(nullable.getFields()), fields, `${path}.`);
    }
    return isLeafType(nullable) ? nullable.parseLiteral(node, this.info.variableValues) : undefined;
  }

  /** Undefined: it was not sent, and the operation has no default for it. */
  private variable(name: string, path: string): unknown {
    const { operation, schema, variableValues } = this.info;
    const definition = operation.variableDefinitions?.find(({ variable }) => variable.name.value === name);
    const type = definition && (typeFromAST(schema, definition.type) as GraphQLInputType | undefined);
    if (!type) {
      return undefined;
    }
    if (this.sent[name] !== undefined) {
      return this.asSent(variableValues[name], this.sent[name], type, path);
    }
    return definition.defaultValue && this.value(definition.defaultValue, type, path);
  }

  private unsent(path: string): null | undefined {
    if (!this.semantics.applies('A2')) {
      return undefined;
    }
    this.quirks.push({ id: 'A2', argument: path });
    return null;
  }

  /** A variable's value without what the schema's defaults put in. */
  private asSent(read: unknown, sent: unknown, type: GraphQLInputType, path: string): unknown {
    // Leaves have no defaults, so a list of them is not gone through: it may be of any length.
    if (!isRecordOrList(read) || isLeafType(getNamedType(type))) {
      return read;
    }
    const nullable = getNullableType(type) as GraphQLInputObjectType | GraphQLList<GraphQLInputType>;
    if (isListType(nullable)) {
      // One item may be sent for a list of one.
      const items = Array.isArray(sent) ? (sent as unknown[]) : [sent];
      const itemType = nullable.ofType;
      return items.map((item, i) => this.asSent((read as unknown[])[i], item, itemType, `${path}[${i}]`));
    }
    const values: Values = {};
    for (const field of Object.values(nullable.getFields())) {
      const [given, inner] = [(sent as Values)[field.name], (read as Values)[field.name]];
      if (given !== undefined) {
        values[field.name] = this.asSent(inner, given, field.type, `${path}.${field.name}`);
      } else if (inner !== undefined) {
        this.applyDefault(values, field.name, inner, `${path}.`);
      }
    }
    return values;
  }
}

/** An argument, or a field of an input object, as the document has it. */
type Given = Pick<ArgumentNode | ObjectFieldNode, 'name' | 'value'>;

function isRecordOrList(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
