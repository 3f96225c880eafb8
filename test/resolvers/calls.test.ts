import { bundleResolver } from '../../infra/resolver-code';
import { Realm, type HandlerContext } from '../../local/realm/realm';

const realm = new Realm();

/** Runs a handler of a bundle as AppSync would. */
function evaluate(name: string, handler: 'request' | 'response', ctx: Partial<HandlerContext>) {
  return realm.load(name, bundleResolver(name)).evaluate(handler, {
    arguments: {},
    identity: null,
    source: null,
    request: { headers: {}, domainName: null },
    info: { fieldName: '', parentTypeName: '', variables: {}, selectionSetList: [], selectionSetGraphQL: '' },
    stash: {},
    prev: null,
    env: {},
    ...ctx,
  });
}

const failure = { message: 'slow down', type: 'DynamoDB:ProvisionedThroughputExceededException' };
const command = { type: 'UpdateTicket', ticketId: 'T1', commandId: 'C1', actor: 'a', at: '2026-01-01T00:00:00.000Z' };

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
