import type { RunningApi } from './build';
import type { ErrorEntry } from './errors';
import type { Subscriber, Subscription } from './realtime/subscriptions';
import { Bell } from '../../shared/bell';

type Run = RunningApi['api']['run'];
type Subscribe = RunningApi['api']['subscribe'];
type Authenticate = RunningApi['authenticator']['authenticate'];

/**
 * The API as clients reach it, while one takes the place of another. Requests that are under way end where they began,
 * and what they change still reaches whoever subscribes.
 */
export class LiveApi {
  private readonly open = new Set<LiveSubscription>();
  private current: Generation;

  constructor(running: RunningApi) {
    this.current = new Generation(running);
  }

  readonly authenticate: Authenticate = (request) => this.current.running.authenticator.authenticate(request);

  readonly run: Run = (...request) => {
    const { current } = this;
    return current.during(() => current.running.api.run(...request));
  };

  readonly subscribe: Subscribe = async (...request) => {
    for (;;) {
      const { current } = this;
      const answer = await current.running.api.subscribe(...request);
      if (current === this.current) {
        return Array.isArray(answer) ? answer : this.follow(request, answer);
      }
    }
  };

  /**
   * Puts another API in the place of this one. Subscriptions go on there: their resolvers run again, and one that is
   * refused, as its field is gone, ends. Resolves when no request is under way in the old one any more.
   */
  async replace(running: RunningApi): Promise<void> {
    const answers = new Map<LiveSubscription, Subscription | ErrorEntry[]>();
    const prepare = async (subscription: LiveSubscription) => {
      answers.set(subscription, await attempt(() => running.api.subscribe(...subscription.request)));
    };
    // Others may begin meanwhile.
    for (let rest = this.unprepared(answers); rest.length > 0; rest = this.unprepared(answers)) {
      await Promise.all(rest.map(prepare));
    }
    // From here until all have moved nothing else happens, so that nothing is missed or heard twice.
    const old = this.current;
    this.current = new Generation(running);
    const moved = [...this.open].map((subscription) => subscription.move(answers.get(subscription)!));
    await old.ended();
    moved.forEach((left) => left.stop());
  }

  private unprepared(answers: Map<LiveSubscription, unknown>): LiveSubscription[] {
    return [...this.open].filter((subscription) => !answers.has(subscription));
  }

  private follow(request: Parameters<Subscribe>, inner: Subscription): Subscription {
    const subscription = new LiveSubscription(request, inner, () => this.open.delete(subscription));
    this.open.add(subscription);
    return subscription;
  }
}

/** An API and the requests that are under way in it. */
class Generation {
  private count = 0;
  private readonly bell = new Bell();

  constructor(readonly running: RunningApi) {}

  async during<T>(act: () => Promise<T>): Promise<T> {
    this.count += 1;
    try {
      return await act();
    } finally {
      this.count -= 1;
      this.bell.ring();
    }
  }

  async ended(): Promise<void> {
    while (this.count > 0) {
      await this.bell.next;
    }
  }
}

class LiveSubscription implements Subscription {
  private subscriber?: Subscriber;
  /** In APIs of before, for requests that are still under way there. */
  private readonly left = new Set<Subscription>();

  constructor(
    readonly request: Parameters<Subscribe>,
    private inner: Subscription,
    private readonly forget: () => void,
  ) {}

  begin(subscriber: Subscriber): void {
    this.subscriber = subscriber;
    this.inner.begin(subscriber);
  }

  stop(): void {
    this.forget();
    this.inner.stop();
    this.left.forEach((left) => left.stop());
  }

  /** Goes on there, or ends; gives what is left behind, which still has to be stopped. */
  move(answer: Subscription | ErrorEntry[]): Subscription {
    const left = this.inner;
    if (Array.isArray(answer)) {
      this.forget();
      this.subscriber?.end();
      return left;
    }
    this.left.add(left);
    this.inner = answer;
    if (this.subscriber) {
      answer.begin(this.subscriber);
    }
    return left;
  }
}

/** A request that the new schema does not even understand is refused like any other. */
async function attempt(subscribe: () => ReturnType<Subscribe>): Promise<Subscription | ErrorEntry[]> {
  try {
    return await subscribe();
  } catch (error) {
    return [{ message: (error as Error).message, path: null, locations: null }];
  }
}
