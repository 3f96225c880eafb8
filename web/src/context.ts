import { createContext, use } from 'react';
import type { Api } from './api';
import type { User } from './session';

/** What every part of the desk works with. */
export interface Desk {
  api: Api;
  user: User;
  announce(words: string): void;
}

export const DeskContext = createContext<Desk | null>(null);

export function useDesk(): Desk {
  return use(DeskContext)!;
}
