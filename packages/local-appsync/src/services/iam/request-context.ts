/** Null: AWS would not send the key either. */
export type ContextValue = string | readonly string[] | null;

/** What is known of a request, by context key. `aws:PrincipalTag/*` stands for every tag that is not named. */
export type ContextKeys = Readonly<Record<string, ContextValue>>;

/** The context keys of one request, with the time of its first question. Names are compared without regard to case. */
export class RequestContext {
  private readonly given: readonly ContextKeys[];
  private values?: ReadonlyMap<string, ContextValue>;

  /** Of a key that is given twice, the later value counts. */
  constructor(...given: ContextKeys[]) {
    this.given = given;
  }

  /** Undefined: what AWS would send is unknown here. */
  get(name: string): ContextValue | undefined {
    // Most requests ask for none.
    this.values ??= new Map(
      [timeKeys(), ...this.given]
        .flatMap(Object.entries<ContextValue>)
        .map(([key, value]) => [key.toLowerCase(), value]),
    );
    const key = name.toLowerCase();
    const value = this.values.get(key);
    return value === undefined ? this.values.get(key.replace(/\/.*/, '/*')) : value;
  }
}

function timeKeys(): ContextKeys {
  const now = new Date();
  return { 'aws:CurrentTime': now.toISOString(), 'aws:EpochTime': String(Math.floor(now.getTime() / 1000)) };
}
