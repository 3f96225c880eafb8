import { EVENT_SCHEMA } from '../../domain/events';
import { apiKeyProblem } from '../../infra/api-key';
import type { DeployCommand } from './command';

/** What is deployed of a stage's API: nothing, or with the schema of the events that it writes, if it names one. */
export type Deployed = undefined | { eventSchema?: number };

/** Why the deployment must not be, and what to do instead; undefined if nothing is against it. */
export function refusal(
  { settings: { stage }, rollback }: Pick<DeployCommand, 'settings' | 'rollback'>,
  deployed: Deployed,
  context: Record<string, unknown>,
  now: number,
): string | undefined {
  if (rollback && !deployed) {
    return `TicketsApi-${stage} is not deployed: there is nothing to roll back.`;
  }
  const written = deployed?.eventSchema ?? 0;
  if (written > EVENT_SCHEMA) {
    return (
      `TicketsApi-${stage} writes events of schema ${written}, and this checkout reads them up to ${EVENT_SCHEMA}: its ` +
      'projector would give them up, and its commands would take them for older ones. Deploy a checkout whose ' +
      `EVENT_SCHEMA (domain/events.ts) is ${written} or more, with what you want undone.`
    );
  }
  return stage === 'dev' ? apiKeyProblem(context.apiKeyExpires, now) : undefined;
}
