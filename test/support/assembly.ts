import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Template {
  Resources: Record<
    string,
    { Type: string; Properties: { Environment?: { Variables: Record<string, unknown> } } & Record<string, unknown> }
  >;
}

/** The product's assembly with something about its projector changed, as another version of it. */
export class ProjectorAssembly {
  readonly folder = mkdtempSync(join(tmpdir(), 'assembly-'));

  constructor() {
    cpSync(process.env.TICKETS_ASSEMBLY!, this.folder, { recursive: true });
  }

  /** Its code after a replacement, which has to be one. Assets of earlier syntheses may lie beside it. */
  replaceCode(from: RegExp, to: string): this {
    const files = readdirSync(this.folder)
      .filter((name) => name.startsWith('asset.'))
      .map((name) => join(this.folder, name, 'index.js'))
      .filter((name) => existsSync(name) && from.test(readFileSync(name, 'utf8')));
    if (files.length === 0) {
      throw new Error(`no function of the assembly has ${from} in its code`);
    }
    files.forEach((file) => writeFileSync(file, readFileSync(file, 'utf8').replace(from, to)));
    return this;
  }

  /** One of its environment variables. */
  replaceVariable(name: string, value: string): this {
    const file = join(this.folder, 'TicketsApi.template.json');
    const template = JSON.parse(readFileSync(file, 'utf8')) as Template;
    const projector = Object.values(template.Resources).find(
      ({ Type, Properties }) => Type === 'AWS::Lambda::Function' && name in (Properties.Environment?.Variables ?? {}),
    );
    if (!projector) {
      throw new Error(`no function of the assembly has a variable ${name}`);
    }
    projector.Properties.Environment!.Variables[name] = value;
    writeFileSync(file, JSON.stringify(template));
    return this;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}
