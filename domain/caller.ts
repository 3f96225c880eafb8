/** Agents may do everything on every ticket. Requesters create tickets, and follow up on their own. */
export type Role = 'agent' | 'requester';

/**
 * The names of those who are no user of the pool. They have a space, which no Cognito username can have, so that nobody
 * can take one for a name: "API_AdminCreateUser" in the Cognito reference, pattern of Username.
 */
export const API_KEY = 'api key';

export function iamIdentity(arn: string): string {
  return `iam ${arn}`;
}

/** The actor that requesters are told of an internal event. */
export const AN_AGENT = 'an agent';

export interface Caller {
  /** Who, by the identity: what events call actor, and a ticket its requester. */
  actor: string;
  role: Role;
}
