/** Agents may do everything on every ticket. Requesters create tickets, and follow up on their own. */
export type Role = 'agent' | 'requester';

export interface Caller {
  /** Who, by the identity: what events call actor, and a ticket its requester. */
  actor: string;
  role: Role;
}
