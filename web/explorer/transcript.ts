/** What becomes of a subscription, and what it receives. */
export type Happening =
  { is: 'asked' | 'subscribed' | 'interrupted' } | { is: 'ended'; why: string } | { received: unknown };

/** All of a subscription, as the response pane shows it. */
export interface Transcript {
  /** Who subscribed. */
  as: string;
  /** The pane begins at the top again whenever it changes. */
  newestFirst: readonly ({ at: string } & Happening)[];
}

export function append({ as, newestFirst }: Transcript, happening: Happening, now = new Date()): Transcript {
  return { as, newestFirst: [{ at: now.toISOString(), ...happening }, ...newestFirst] };
}
