/** State that lives outside of what shows it, and tells its listeners when it changes. */
export abstract class Store<State> {
  private readonly listeners = new Set<() => void>();

  constructor(private current: State) {}

  readonly state = (): State => this.current;

  readonly listen = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  protected set(change: Partial<State>): void {
    this.current = { ...this.current, ...change };
    this.listeners.forEach((listener) => listener());
  }
}
