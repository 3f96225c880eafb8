import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What other programs need to work with the running system as they would with a deployed one, as files. */
export class OutputFiles {
  /** The stacks' outputs, as `cdk deploy --outputs-file` writes them. */
  readonly outputs: string;
  /** Variables that make any AWS SDK talk to this machine: `node --env-file=FILE`. */
  readonly environment: string;

  constructor(folder: string) {
    this.outputs = join(folder, 'outputs.json');
    this.environment = join(folder, 'aws.env');
  }

  write(outputs: Record<string, Record<string, unknown>>, environment: Record<string, string>): void {
    const lines = Object.entries(environment).map(([name, value]) => `${name}=${value}\n`);
    writeFileSync(this.outputs, `${JSON.stringify(outputs, null, 2)}\n`);
    writeFileSync(this.environment, lines.join(''));
  }

  /** They tell of a running system, and go with it. */
  remove(): void {
    rmSync(this.outputs, { force: true });
    rmSync(this.environment, { force: true });
  }
}
