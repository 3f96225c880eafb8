import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { replaceFile } from '../shared/replace-file';

/** What other programs need to work with the running system as they would with a deployed one, as files. */
export class OutputFiles {
  /** The stacks' outputs, as `cdk deploy --outputs-file` writes them. */
  readonly outputs: string;
  /** Variables that make any AWS SDK talk to this machine: `node --env-file=FILE`. */
  readonly environment: string;

  constructor(
    folder: string,
    private readonly log: (line: string) => void,
  ) {
    this.outputs = join(folder, 'outputs.json');
    this.environment = join(folder, 'aws.env');
  }

  /** The system runs without them: if they can't be written, the log says so, and those of an earlier run are gone. */
  write(outputs: Record<string, Record<string, unknown>>, environment: Record<string, string>): void {
    const lines = Object.entries(environment).map(([name, value]) => `${name}=${value}\n`);
    this.replace(this.outputs, `${JSON.stringify(outputs, null, 2)}\n`);
    this.replace(this.environment, lines.join(''));
  }

  /** They tell of a running system, and go with it. */
  remove(): void {
    rmSync(this.outputs, { force: true });
    rmSync(this.environment, { force: true });
  }

  private replace(file: string, text: string): void {
    try {
      replaceFile(file, (draft) => writeFileSync(draft, text));
    } catch (error) {
      this.log(`${file} can't be written: ${(error as Error).message}`);
      rmSync(file, { force: true });
    }
  }
}
