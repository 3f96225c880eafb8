import {
  type DocumentNode,
  execute,
  type FieldNode,
  type FragmentDefinitionNode,
  getNamedType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isLeafType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
} from 'graphql';
import { getArgumentValues, getVariableValues } from 'graphql/execution/values';
import type { Caller } from '../auth/types';
import type { FieldAuthorization } from '../auth/directives';
import { type ErrorEntry, errorEntry, FieldError } from './errors';
import { subscribedMutations } from './schema';
import { fieldsOf } from './selection';
import { matchesArguments, matchesFilter, subscriptionFilter, type SubscriptionFilter } from './subscription-filter';

/** AppSync drops a larger change without a word to either side. */
const MAX_PAYLOAD_BYTES = 240 * 1024;

export interface SubscriptionStart {
  document: DocumentNode;
  definition: OperationDefinitionNode;
  variables: Record<string, unknown>;
  caller: Caller;
  /** What the resolver gave to setSubscriptionFilter; it takes the place of the arguments. */
  filter?: unknown;
  /** What the resolver gave to setSubscriptionInvalidationFilter. */
  invalidation?: unknown;
  deliver(payload: { data: unknown; errors?: ErrorEntry[] }): void;
  /** The server ends the subscription. */
  end(): void;
}

interface Subscription extends SubscriptionStart {
  field: string;
  args: Record<string, unknown>;
  matches: SubscriptionFilter | null;
  invalidates: SubscriptionFilter | null;
}

/** Who listens to which mutation, and what each gets to hear. */
export class Subscriptions {
  /** By mutation: the subscription fields that listen to it. */
  private readonly listening = new Map<string, string[]>();
  private readonly active = new Map<string, Set<Subscription>>();

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly authorization: FieldAuthorization,
  ) {
    for (const field of Object.values(schema.getSubscriptionType()?.getFields() ?? {})) {
      this.active.set(field.name, new Set());
      for (const mutation of subscribedMutations(field)) {
        this.listening.set(mutation, [...(this.listening.get(mutation) ?? []), field.name]);
      }
    }
  }

  /** Throws InvalidFilter. */
  start(start: SubscriptionStart): { stop(): void } {
    const [node] = fieldsOf(start.definition.selectionSet.selections, fragmentsOf(start.document));
    const field = this.schema.getSubscriptionType()!.getFields()[node!.name.value]!;
    const { coerced } = getVariableValues(this.schema, start.definition.variableDefinitions ?? [], start.variables);
    const subscription: Subscription = {
      ...start,
      field: field.name,
      args: getArgumentValues(field, node!, coerced),
      matches: start.filter === undefined ? null : subscriptionFilter(start.filter),
      invalidates: start.invalidation === undefined ? null : subscriptionFilter(start.invalidation),
    };
    const active = this.active.get(field.name)!;
    active.add(subscription);
    return { stop: () => active.delete(subscription) };
  }

  /** Tells of each mutation in an operation's result. Subscribers see only what the mutation itself selected. */
  publish(document: DocumentNode, definition: OperationDefinitionNode, data: Record<string, unknown>): void {
    const type = this.schema.getMutationType()!;
    const fragments = fragmentsOf(document);
    for (const node of fieldsOf(definition.selectionSet.selections, fragments)) {
      const value = data[responseKey(node)];
      const listening = this.listening.get(node.name.value);
      if (listening && value !== null && value !== undefined) {
        const change = payload(value, type.getFields()[node.name.value]!.type, [node], fragments);
        this.tell(listening, change, Buffer.byteLength(JSON.stringify(value)));
      }
    }
  }

  /** Ends every subscription whose invalidation filter matches: what a mutation gave to invalidateSubscriptions. */
  invalidate(invalidations: unknown[]): void {
    for (const { subscriptionField, payload } of invalidations as { subscriptionField: string; payload: unknown }[]) {
      for (const subscription of [...(this.active.get(subscriptionField) ?? [])]) {
        if (subscription.invalidates && matchesFilter(subscription.invalidates, payload)) {
          this.active.get(subscriptionField)!.delete(subscription);
          subscription.end();
        }
      }
    }
  }

  private tell(fields: string[], change: unknown, bytes: number): void {
    if (bytes > MAX_PAYLOAD_BYTES) {
      return;
    }
    for (const field of fields) {
      for (const subscription of this.active.get(field)!) {
        const { matches, args } = subscription;
        if (matches ? matchesFilter(matches, change) : matchesArguments(args, change)) {
          subscription.deliver(this.render(subscription, change));
        }
      }
    }
  }

  /** The change as this subscriber selected it. No resolver runs again. */
  private render({ document, definition, variables, caller, field }: Subscription, change: unknown) {
    const result = execute({
      schema: this.schema,
      document,
      operationName: definition.name?.value,
      variableValues: variables,
      rootValue: { [field]: change },
      fieldResolver: (source, _args, _context, info) => {
        const refusal = this.authorization.refusal(caller, info.parentType.name, info.fieldName);
        if (refusal !== null) {
          throw new FieldError(refusal, 'Unauthorized');
        }
        return (source as Record<string, unknown>)[info.fieldName];
      },
    });
    if (result instanceof Promise) {
      throw new Error('a subscription is rendered without waiting: its values are all there');
    }
    const { data, errors } = result;
    return errors ? { data, errors: errors.map((error) => errorEntry(error, this.schema)) } : { data };
  }
}

type Fragments = Record<string, FragmentDefinitionNode>;

function fragmentsOf(document: DocumentNode): Fragments {
  return Object.fromEntries(
    document.definitions.flatMap((node) => (node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node]] : [])),
  );
}

/** A mutation's result with the schema's names in place of aliases, and its leaves as resolvers know them. */
function payload(value: unknown, type: GraphQLOutputType, nodes: FieldNode[], fragments: Fragments): unknown {
  if (value === null || value === undefined) {
    return null;
  }
  if (Array.isArray(value)) {
    return value.map((item) => payload(item, type, nodes, fragments));
  }
  const named = getNamedType(type);
  if (isLeafType(named)) {
    return named.parseValue(value);
  }
  const fields = isObjectType(named) ? (named as GraphQLObjectType).getFields() : {};
  const selected = nodes.flatMap((node) => fieldsOf(node.selectionSet?.selections ?? [], fragments));
  const result: Record<string, unknown> = {};
  for (const key of new Set(selected.map(responseKey))) {
    const same = selected.filter((node) => responseKey(node) === key);
    const field = fields[same[0]!.name.value];
    if (field) {
      result[field.name] = payload((value as Record<string, unknown>)[key], field.type, same, fragments);
    }
  }
  return result;
}

function responseKey(node: FieldNode): string {
  return node.alias?.value ?? node.name.value;
}
