import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { getArgumentValues, getVariableValues } from 'graphql/execution/values';
import type { FieldAuthorization } from '../auth/directives';
import type { Caller } from '../auth/types';
import { LIMITS } from '../limits';
import { Payloads, responseKey } from './payload';
import { type RenderedChange, renderChange } from '../execution/render-change';
import { subscribedMutations } from '../execution/schema';
import { fieldsOf, fragmentsOf } from '../execution/selection';
import { matchesArguments, matchesFilter, subscriptionFilter, type SubscriptionFilter } from './subscription-filter';

export interface SubscriptionStart {
  document: DocumentNode;
  definition: OperationDefinitionNode;
  variables: Record<string, unknown>;
  caller: Caller;
  /** What the resolver gave to setSubscriptionFilter; it takes the place of the arguments. */
  filter?: unknown;
  /** What the resolver gave to setSubscriptionInvalidationFilter. */
  invalidation?: unknown;
}

/** Who listens. */
export interface Subscriber {
  /** Gets each change as the payload of a data frame. */
  deliver(payload: RenderedChange): void;
  /** The server ends the subscription. */
  end(): void;
}

/** A subscription that its resolver has let pass. */
export interface Subscription {
  /** From now on changes are heard. */
  begin(subscriber: Subscriber): void;
  stop(): void;
}

interface Prepared extends SubscriptionStart {
  field: string;
  args: Record<string, unknown>;
  matches: SubscriptionFilter | null;
  invalidates: SubscriptionFilter | null;
  /** Subscriptions with the same view get to see the same of a change. */
  view: string;
}

/** Who listens to which mutation, and what each gets to hear. */
export class Subscriptions {
  /** By mutation: the subscription fields that listen to it. */
  private readonly listening = new Map<string, string[]>();
  private readonly active = new Map<string, Map<Prepared, Subscriber>>();
  private readonly toldOfNull = new Set<string>();

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly authorization: FieldAuthorization,
    private readonly log: (line: string) => void = () => {},
  ) {
    for (const field of Object.values(schema.getSubscriptionType()?.getFields() ?? {})) {
      this.active.set(field.name, new Map());
      for (const mutation of subscribedMutations(field)) {
        this.listening.set(mutation, [...(this.listening.get(mutation) ?? []), field.name]);
      }
    }
  }

  /** Throws InvalidFilter. */
  prepare(start: SubscriptionStart): Subscription {
    const [node] = fieldsOf(start.definition.selectionSet.selections, fragmentsOf(start.document));
    const field = this.schema.getSubscriptionType()!.getFields()[node!.name.value]!;
    const { coerced } = getVariableValues(this.schema, start.definition.variableDefinitions ?? [], start.variables);
    const prepared: Prepared = {
      ...start,
      field: field.name,
      args: getArgumentValues(field, node!, coerced),
      matches: filterOf(start.filter),
      invalidates: filterOf(start.invalidation),
      view: viewOf(start),
    };
    const active = this.active.get(field.name)!;
    return {
      begin: (subscriber) => void active.set(prepared, subscriber),
      stop: () => void active.delete(prepared),
    };
  }

  /**
   * Tells of each mutation in an operation's result. Subscribers see only what the mutation itself selected. `turn` is
   * asked between two mutations.
   */
  async publish(
    document: DocumentNode,
    definition: OperationDefinitionNode,
    data: Record<string, unknown>,
    turn: () => Promise<void> | undefined,
  ): Promise<void> {
    const type = this.schema.getMutationType()!;
    const fragments = fragmentsOf(document);
    const payloads = new Payloads(this.schema, fragments);
    for (const node of fieldsOf(definition.selectionSet.selections, fragments)) {
      const value = data[responseKey(node)];
      const listening = this.listening.get(node.name.value);
      if (!listening || value === null || value === undefined) {
        continue;
      }
      if (Buffer.byteLength(JSON.stringify(value)) <= LIMITS.subscriptionPayloadBytes) {
        this.tell(listening, payloads.of(value, type.getFields()[node.name.value]!.type, [node]));
        await turn();
      }
    }
  }

  /**
   * Ends every subscription whose invalidation filter matches: what a mutation gave to invalidateSubscriptions. AWS
   * names no answer to a request that asks too much; here the rest is left out, and the log says so.
   */
  invalidate(asked: readonly unknown[]): void {
    const distinct = [...new Set(asked.map((invalidation) => JSON.stringify(invalidation)))];
    const most = LIMITS.invalidationsPerRequest;
    if (distinct.length > most) {
      this.log(`A request invalidates ${distinct.length} kinds of subscriptions: those after the first ${most} stay.`);
    }
    for (const text of distinct.slice(0, most)) {
      const { subscriptionField, payload: given } = (JSON.parse(text) ?? {}) as Invalidation;
      for (const [prepared, subscriber] of [...(this.active.get(String(subscriptionField)) ?? [])]) {
        if (prepared.invalidates && matchesFilter(prepared.invalidates, given)) {
          this.active.get(prepared.field)!.delete(prepared);
          subscriber.end();
        }
      }
    }
  }

  /** What makes pushes null is said once for each type: subscribers may not show it. */
  private render(prepared: Prepared, change: unknown): RenderedChange {
    const rendered = renderChange(this.schema, this.authorization, prepared, change);
    const message = rendered.errors?.find((error) => error.message.startsWith('Cannot return null'))?.message;
    // The place at its end is in the client's words, of which there may be any number.
    const [kind = ''] = message?.split(' (') ?? [];
    if (message && !this.toldOfNull.has(kind)) {
      this.toldOfNull.add(kind);
      this.log(`A push is null: ${message}. Pushes carry what the mutation selects, and no resolver runs for them.`);
    }
    return rendered;
  }

  private tell(fields: string[], change: unknown): void {
    const rendered = new Map<string, RenderedChange>();
    for (const field of fields) {
      for (const [prepared, subscriber] of this.active.get(field)!) {
        const { matches, args } = prepared;
        if (matches ? matchesFilter(matches, change) : matchesArguments(args, change)) {
          const { view } = prepared;
          const seen = rendered.get(view) ?? this.render(prepared, change);
          rendered.set(view, seen);
          subscriber.deliver(seen);
        }
      }
    }
  }
}

/** All that rendering depends on besides the change. */
function viewOf({ document, definition, variables, caller }: SubscriptionStart): string {
  const { mode, groups, deniedFields } = caller;
  return JSON.stringify([document.loc!.source.body, definition.name?.value, variables, mode, groups, deniedFields]);
}

interface Invalidation {
  subscriptionField?: unknown;
  payload?: unknown;
}

/** A resolver may give null for no filter. Throws InvalidFilter. */
function filterOf(given: unknown): SubscriptionFilter | null {
  return given === undefined || given === null ? null : subscriptionFilter(given);
}
