import type { Node } from 'constructs';

/** `dev` is for trying things out, and has an API key; `prod` is what people depend on. */
export const STAGES = ['dev', 'prod'] as const;
export type Stage = (typeof STAGES)[number];

/** The context's `stage`: `cdk deploy --context stage=prod`. Without one it is dev. */
export function stageOf(node: Node): Stage {
  const given: unknown = node.tryGetContext('stage') ?? 'dev';
  const stage = STAGES.find((known) => known === given);
  if (!stage) {
    throw new Error(`The context's stage must be one of ${STAGES.join(', ')}, not ${JSON.stringify(given)}.`);
  }
  return stage;
}
