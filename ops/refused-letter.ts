import type { Item } from '../functions/project/decode';
import type { RefusedChange } from '../functions/project/refused';

/** The key of the event whose change the API refused, from a letter of the projector itself; undefined if it is another. */
export function refusedIn(body: string | undefined): Item | undefined {
  let letter: Partial<Record<keyof RefusedChange, unknown>> | null;
  try {
    letter = JSON.parse(body ?? '') as typeof letter;
  } catch {
    return undefined;
  }
  const { ticketId, version } = letter ?? {};
  return typeof ticketId === 'string' && ticketId !== '' && Number.isInteger(version)
    ? { ticketId: { S: ticketId }, version: { N: String(version) } }
    : undefined;
}
