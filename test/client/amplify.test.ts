import { amplifyConnection, type AmplifyHub } from '../../client/amplify';

type Tell = Parameters<AmplifyHub['listen']>[1];
interface Observer {
  next(value: { data: unknown }): void;
  error(error: unknown): void;
  complete(): void;
}

/** A subscription by an Amplify that does what a test says, and what its listener has heard. */
function subscribed() {
  const heard: unknown[] = [];
  let tell: Tell | undefined;
  let observer: Observer | undefined;
  let variables: object | undefined;
  const client = {
    graphql: (request: { variables: object }) => {
      ({ variables } = request);
      return {
        subscribe: (given: Observer) => {
          observer = given;
          return { unsubscribe: () => (observer = undefined) };
        },
      };
    },
  };
  const hub: AmplifyHub = {
    listen: (_, listener) => {
      tell = listener;
      return () => (tell = undefined);
    },
  };
  const end = amplifyConnection(client, hub).subscribe(
    'subscription',
    { id: 'T' },
    {
      connected: () => heard.push('connected'),
      interrupted: () => heard.push('interrupted'),
      next: (data) => heard.push(data),
      error: (error) => heard.push((error as Error).message),
    },
  );
  return {
    heard,
    end,
    announce: (event: string, data?: unknown) => tell!({ payload: { event, data } }),
    observer: observer!,
    variables: variables!,
    isHeard: () => tell !== undefined,
    isOver: () => tell === undefined && observer === undefined,
  };
}

describe('a subscription by Amplify', () => {
  test('is connected when the server has taken it, and not when it has taken another with the same variables', () => {
    const { heard, announce, variables } = subscribed();
    announce('Subscription ack', { variables: { ...variables } });
    announce('Subscription ack');
    expect(heard).toEqual([]);
    announce('Subscription ack', { variables });
    expect(heard).toEqual(['connected']);
  });

  test('is interrupted when the socket that all share is disrupted, and by no other state of it', () => {
    const { heard, announce, variables } = subscribed();
    announce('ConnectionStateChange', { connectionState: 'Connected' });
    announce('ConnectionStateChange');
    announce('Something else', { connectionState: 'ConnectionDisrupted', variables });
    expect(heard).toEqual([]);
    announce('ConnectionStateChange', { connectionState: 'ConnectionDisrupted' });
    announce('ConnectionStateChange', { connectionState: 'ConnectionDisruptedPendingNetwork' });
    expect(heard).toEqual(['interrupted', 'interrupted']);
  });

  test('hands over what is pushed, and its errors; that the server ends it is one', () => {
    const { heard, observer } = subscribed();
    observer.next({ data: { a: 1 } });
    observer.error(new Error('broken'));
    observer.complete();
    expect(heard).toEqual([{ a: 1 }, 'broken', 'The server ended the subscription.']);
  });

  test.each(['error', 'complete'] as const)('that ends by %s listens to nothing any more', (how) => {
    const { observer, isHeard } = subscribed();
    observer[how](new Error('broken'));
    expect(isHeard()).toBe(false);
  });

  test('that cannot begin listens to nothing', () => {
    const listen = jest.fn();
    const client = {
      graphql: () => {
        throw new Error('not signed in');
      },
    };
    const listener = { connected: listen, next: listen, interrupted: listen, error: listen };
    expect(() => amplifyConnection(client, { listen }).subscribe('subscription', {}, listener)).toThrow(
      'not signed in',
    );
    expect(listen).not.toHaveBeenCalled();
  });

  test('that is ended listens to nothing any more', () => {
    const { end, isOver } = subscribed();
    end();
    expect(isOver()).toBe(true);
  });
});
