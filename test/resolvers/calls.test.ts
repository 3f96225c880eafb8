import type { UpdateTicket } from '../../domain/commands';
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
      'steps/readHead',
      'steps/append',
      'steps/readStored',
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
      const { outcome } = evaluate('steps/readHead', 'request', { stash: { command } });
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
      expect(commandOf({ title: 'x', actor: 'mallory', at: 'never' })).toMatchObject({ actor: 'api-key' });
      expect(commandOf({ title: 'x', at: 'never' }).at).not.toBe('never');
    });
  });

  describe('a failed condition, whose item AppSync may keep to itself', () => {
    const conditionFailed = { message: 'no', type: 'DynamoDB:ConditionalCheckFailedException' };
    const creation = create({ title: 'Mine', commandId: 'C1' });
    const [created, changed] = happened([creation, update({ title: 'Theirs' })]);

    test.each([null, changed])('sends the next step to look at the version: %#', (result) => {
      const { outcome } = evaluate('steps/append', 'response', {
        result,
        error: conditionFailed,
        stash: { command: creation, version: 1 },
      });
      expect(outcome).toEqual({ kind: 'value', value: { version: 1 } });
      const next = evaluate('steps/readStored', 'request', {
        stash: { command: creation },
        prev: { result: { version: 1 } },
      });
      expect(next.outcome).toMatchObject({
        value: { operation: 'GetItem', key: { ticketId: { S: 'T1' }, version: { N: 1 } }, consistentRead: true },
      });
    });

    test('of a create that is repeated comes to the first answer', () => {
      const { outcome } = evaluate('steps/readStored', 'response', { result: created, stash: { command: creation } });
      expect(outcome).toEqual({ kind: 'value', value: { ticket: created!.ticket } });
    });

    test.each([
      ['TicketAlreadyExists', create({ title: 'Other' }), created],
      ['VersionConflict', update({ title: 'Slower' }), changed],
      ['VersionConflict', comment({ body: 'Slower' }), changed],
      ['CommandIdReused', create({ title: 'Else', commandId: 'C1' }), created],
      ['TicketNotFound', comment({ body: 'Where?' }), null],
    ])('else to %s', (errorType, command, result) => {
      const { outcome } = evaluate('steps/readStored', 'response', { result, stash: { command } });
      expect(outcome).toMatchObject({ kind: 'error', error: { errorType } });
    });

    test('names the version that there is by a number', () => {
      const { outcome } = evaluate('steps/readStored', 'response', { result: changed, stash: { command: update() } });
      expect(outcome).toMatchObject({
        error: { message: expect.stringContaining('at version 2 by now') as string, errorInfo: { currentVersion: 2 } },
      });
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
