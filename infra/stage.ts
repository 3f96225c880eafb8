import type { Node } from 'constructs';

/** `dev` is for trying things out, and has an API key; `prod` is what people depend on. */
export const STAGES = ['dev', 'prod'] as const;
export type Stage = (typeof STAGES)[number];

/**
 * What a stage is deployed with. It stands in cdk.json and not on the command line, so that the next deployment still
 * knows it.
 */
export interface StageSettings {
  stage: Stage;
  /** Whether the ticket desk is hosted, too. */
  desk: boolean;
  /** The view that the API reads and the projector writes: a name in `infra/views.ts`. */
  view: string;
}

/** The context's `stage`: `cdk deploy --context stage=prod`. Without one it is dev. */
export function stageOf(node: Node): Stage {
  const given: unknown = node.tryGetContext('stage') ?? 'dev';
  const stage = STAGES.find((known) => known === given);
  if (!stage) {
    throw new Error(`The context's stage must be one of ${STAGES.join(', ')}, not ${JSON.stringify(given)}.`);
  }
  return stage;
}

/** The stage of the context, and its settings. Throws if one is missing, unknown or of another type. */
export function settingsOf(node: Node): StageSettings {
  if (node.tryGetContext('desk') !== undefined) {
    throw new Error(
      'The desk is a setting of each stage: set context.stages.<stage>.desk in cdk.json to true or false.',
    );
  }
  return readSettings(stageOf(node), node.tryGetContext('stages'));
}

/** A stage's settings in what `context.stages` of cdk.json holds. Throws as `settingsOf`. */
export function readSettings(stage: Stage, stages: unknown): StageSettings {
  const where = `context.stages.${stage}`;
  const given = isObject(stages) ? stages[stage] : undefined;
  if (!isObject(given)) {
    throw new Error(`cdk.json has no ${where}: expected {"desk": true or false, "view": NAME}.`);
  }
  const { desk, view, ...unknown } = given;
  if (typeof desk !== 'boolean') {
    throw new Error(`${where}.desk in cdk.json must be true or false, not ${JSON.stringify(desk)}.`);
  }
  if (typeof view !== 'string') {
    throw new Error(`${where}.view in cdk.json must be the name of a view, not ${JSON.stringify(view)}.`);
  }
  const [name] = Object.keys(unknown);
  if (name !== undefined) {
    throw new Error(`${where}.${name} in cdk.json is no setting: desk and view are.`);
  }
  return { stage, desk, view };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
