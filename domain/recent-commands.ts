import type { RecentCommand } from './events';

/** How many of a ticket's commands are remembered. */
const REMEMBERED_COMMANDS = 10;

/** A ticket's recent commands after one more: newest last. */
export function remember(recentCommands: RecentCommand[], command: RecentCommand): RecentCommand[] {
  return [...recentCommands, command].slice(-REMEMBERED_COMMANDS);
}
