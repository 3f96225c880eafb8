import type { TicketCommand, UpdateTicket } from '../../domain/commands';
import { MOST_CALLS } from '../../domain/decide';
import type { TicketEvent } from '../../domain/events';
import type { HandlerContext, SemanticsName } from 'local-appsync/appsync-js';
import { comment, create, happened, update } from '../domain/specification';
import { Reading } from './support/modes';

const failure = { message: 'slow down', type: 'DynamoDB:ProvisionedThroughputExceededException' };
const command = { type: 'UpdateTicket', ticketId: 'T1', commandId: 'C1', actor: 'a', at: '2026-01-01T00:00:00.000Z' };

describe.each<SemanticsName>(['appsync', 'strictest', 'ecmascript'])('in %s', (semantics) => {
  const reading = new Reading(semantics);
  const evaluate = (name: string, handler: 'request' | 'response', ctx: Partial<HandlerContext>) =>
    reading.evaluate(name, handler, ctx);

  describe('a failed data source', () => {
    test.each([
      'Ticket.comments',
      'Ticket.events',
      'Mutation.publishTicketChange',
      'steps/readList',
      'steps/readView',
      'steps/readVersion',
      'steps/readEvents',
      'steps/ticketExists',
      'steps/append',
      'steps/readDescription',
    ])('is raised by %s', (name) => {
      const { outcome } = evaluate(name, 'response', { result: null, error: failure, stash: { command } });
      expect(outcome).toEqual({
        kind: 'error',
        error: { message: failure.message, errorType: failure.type, data: null, errorInfo: null },
      });
    });
  });

  describe('what a resolver asks of DynamoDB', () => {
    test('the head of a history is one strongly consistent query for one event', () => {
      const { outcome } = evaluate('steps/append', 'request', { stash: { command }, prev: { result: {} } });
      expect(outcome).toMatchObject({
        kind: 'value',
        value: { operation: 'Query', scanIndexForward: false, limit: 1, consistentRead: true },
      });
    });

    test('an append is one put on condition that the version is free', () => {
      const create = { ...command, type: 'CreateTicket', title: 'x' };
      const { outcome } = evaluate('steps/append', 'request', { stash: { command: create }, prev: { result: null } });
      expect(outcome).toMatchObject({
        kind: 'value',
        value: {
          operation: 'PutItem',
          key: { ticketId: { S: 'T1' }, version: { N: 1 } },
          condition: { expression: '(attribute_not_exists(#version))' },
        },
      });
    });

    test('a list is a query of an index, never a scan', () => {
      const { stash } = evaluate('Query.tickets', 'request', { arguments: { filter: { assignee: 'bob' }, limit: 20 } });
      const { outcome } = evaluate('steps/readList', 'request', { stash });
      expect(outcome).toMatchObject({
        value: { operation: 'Query', index: 'byAssignee', scanIndexForward: false, limit: 22 },
      });
    });
  });

  describe('creating a ticket', () => {
    const commandOf = (input: Record<string, unknown>) =>
      evaluate('Mutation.createTicket', 'request', { arguments: { input } }).stash.command as Record<string, unknown>;

    test('takes the id from the input, else from the command, else makes one', () => {
      expect(commandOf({ title: 'x', id: 'T9', commandId: 'C9' })).toMatchObject({ ticketId: 'T9', commandId: 'C9' });
      expect(commandOf({ title: 'x', commandId: 'C9' })).toMatchObject({ ticketId: 'C9', commandId: 'C9' });
      expect(commandOf({ title: 'x' }).ticketId).toMatch(/^[0-9a-f-]{36}$/);
    });

    test('takes nobody at their word for who they are', () => {
      expect(commandOf({ title: 'x', actor: 'mallory', at: 'never' })).toMatchObject({ actor: 'api key' });
      expect(commandOf({ title: 'x', at: 'never' }).at).not.toBe('never');
    });
  });

  describe('a lost race', () => {
    const conditionFailed = { message: 'no', type: 'DynamoDB:ConditionalCheckFailedException' };
    const creation = create({ title: 'Mine', commandId: 'C1' });
    const [created, changed] = happened([creation, update({ title: 'Theirs', commandId: 'C2' })]);
    /** What a step comes to whose put found `stored` in its way; null: AppSync keeps it to itself (B2). */
    const lost = (command: TicketCommand, stored: TicketEvent | null, calls = 2) => {
      const stash = { command, calls, call: 'append', version: stored?.version ?? 2 };
      return evaluate('steps/append', 'response', { result: stored, error: conditionFailed, stash });
    };
    const next = (command: TicketCommand, result: unknown, calls = 2) =>
      evaluate('steps/append', 'request', { stash: { command, calls }, prev: { result } });
    const refusal = (errorType: string) => ({ kind: 'error', error: { errorType } });

    test.each([comment({ body: 'Slower' }), update({ title: 'Slower' })])(
      'is decided again on the faster event: %#',
      (command) => {
        const { outcome } = lost(command, changed!);
        expect(outcome).toMatchObject({ kind: 'value', value: { head: { event: { version: 2 } } } });
        const again = next(command, (outcome as { value: unknown }).value);
        expect(again.outcome).toMatchObject({ value: { operation: 'PutItem', key: { version: { N: 3 } } } });
      },
    );

    test('is decided on the head if AppSync does not tell which event was faster', () => {
      const command = comment({ body: 'Slower' });
      const { outcome } = lost(command, null);
      expect(outcome).toEqual({ kind: 'value', value: {} });
      expect(next(command, {}).outcome).toMatchObject({
        value: { operation: 'Query', limit: 1, consistentRead: true },
      });
    });

    test('is a version conflict if the command expected another version', () => {
      const command = update({ title: 'Slower', expectedVersion: 1 });
      expect(next(command, { head: { event: changed } }).outcome).toMatchObject({
        error: {
          errorType: 'VersionConflict',
          message: expect.stringContaining('at version 2 by now') as string,
          errorInfo: { currentVersion: 2 },
        },
      });
    });

    test('is a version conflict once the calls are used up', () => {
      for (const stored of [changed!, null]) {
        expect(lost(comment({ body: 'Slower' }), stored, MOST_CALLS).outcome).toMatchObject({
          kind: 'error',
          error: { errorType: 'VersionConflict', errorInfo: { currentVersion: 2 } },
        });
      }
    });

    test('has its event looked at by the last call, in case it is the own one', () => {
      const command = update({ title: 'Theirs', commandId: 'C2' });
      const { outcome } = lost(command, null, MOST_CALLS - 1);
      expect(outcome).toEqual({ kind: 'value', value: { suspect: 2 } });
      expect(next(command, { suspect: 2 }).outcome).toMatchObject({
        value: { operation: 'GetItem', key: { ticketId: { S: 'T1' }, version: { N: 2 } }, consistentRead: true },
      });
      const stash = { command, calls: MOST_CALLS, call: 'readEvent' };
      expect(evaluate('steps/append', 'response', { result: changed, stash }).outcome).toEqual({
        kind: 'value',
        value: { ticket: changed!.ticket },
      });
    });

    test('to the own event comes to its answer', () => {
      const command = update({ title: 'Theirs', commandId: 'C2' });
      expect(lost(command, changed!, MOST_CALLS).outcome).toEqual({
        kind: 'value',
        value: { ticket: changed!.ticket },
      });
      expect(next(command, { head: { event: changed } }).outcome).toMatchObject({
        kind: 'earlyReturn',
        value: { ticket: changed!.ticket },
      });
    });

    test.each([
      ['of a create that is repeated comes to the first answer', creation, { kind: 'value' }],
      ['of a create with an id that is taken', create({ title: 'Other' }), refusal('TicketAlreadyExists')],
      ['of a create with a command id that is taken', create({ commandId: 'C1' }), refusal('CommandIdReused')],
    ])('%s', (_, command, expected) => {
      expect(lost(command, created!).outcome).toMatchObject(expected);
      expect(lost(command, null).outcome).toEqual({ kind: 'value', value: { suspect: 2 } });
      const stash = { command, calls: 2, call: 'readEvent' };
      expect(evaluate('steps/append', 'response', { result: created, stash }).outcome).toMatchObject(expected);
    });

    test('of an event that is not there is told as no ticket', () => {
      const stash = { command: comment({ body: 'Where?' }), calls: 2, call: 'readEvent' };
      const { outcome } = evaluate('steps/append', 'response', { result: null, stash });
      expect(outcome).toMatchObject(refusal('TicketNotFound'));
    });
  });

  describe('a text', () => {
    const refusalOf = (fields: Partial<UpdateTicket>) => {
      const { outcome } = evaluate('Mutation.updateTicket', 'request', {
        arguments: { input: { id: 'T1', ...fields } },
      });
      return outcome.kind === 'error' ? outcome.error.errorInfo : null;
    };
    const rule = 'must be Unicode, without halves of surrogate pairs';

    test.each(['?', '🔥', '漢'.repeat(10_000), `${'x'.repeat(9_998)}🔥`, 'a\u0000b'])(
      'may be any Unicode: %#',
      (description) => {
        expect(refusalOf({ description })).toBeNull();
      },
    );

    test('is refused where it has half a surrogate pair, however late', () => {
      expect(refusalOf({ description: `${'x'.repeat(9_999)}\ud800` })).toEqual({ field: 'description', rule });
      expect(refusalOf({ title: '\udc00' })).toEqual({ field: 'title', rule });
      expect(refusalOf({ addTags: ['hot', 'a\ud800'] })).toEqual({ field: 'addTags', rule });
    });

    test('has no half that the next text could make whole', () => {
      expect(refusalOf({ title: 'a\ud83d', description: '\udd25b' })).toEqual({ field: 'title', rule });
    });
  });

  describe('a list since a time', () => {
    const sinceIn = (updatedSince: string) => {
      const { stash } = evaluate('Query.tickets', 'request', { arguments: { filter: { updatedSince } } });
      return (stash.list as { filter: { updatedSince: string } }).filter.updatedSince;
    };

    test.each([
      ['2026-01-01T12:00:00Z', '2026-01-01T12:00:00.000Z'],
      ['2026-01-01T14:00+02:00', '2026-01-01T12:00:00.000Z'],
      ['2026-01-01T12:00:00.25Z', '2026-01-01T12:00:00.250Z'],
    ])('takes %s for %s, as tickets carry it', (given, expected) => {
      expect(sinceIn(given)).toBe(expected);
    });
  });
});
