import { createContext, use } from 'react';
import type { Api } from './api';
import type { Drafts } from './drafts/drafts';
import type { Offers } from './offers';
import type { Command } from './outbox/command';
import type { Outbox } from './outbox/outbox';
import type { User } from './users';

/** What every part of the desk works with. */
export interface Desk {
  api: Api;
  user: User;
  outbox: Outbox;
  drafts: Drafts;
  offers: Offers;
  announce(words: string): void;
  /** Brings a command that was taken out of the outbox back to the form that it came from. */
  reopen(command: Command): void;
}

export const DeskContext = createContext<Desk | null>(null);

export function useDesk(): Desk {
  return use(DeskContext)!;
}
