import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { devDependencies } from '../../package.json';

const run = promisify(execFile);

/** What the app and its test need besides the package, in the versions that are tested here. */
const NEEDED = (['aws-cdk-lib', 'jest'] as const).map((name) => `${name}@${devDependencies[name]}`);

/** A user's project, apart from this repository: a CDK app of its own, and the package from its tarball. */
export class Project {
  private constructor(private readonly folder: string) {}

  static async install(tarball: string): Promise<Project> {
    const folder = mkdtempSync(join(tmpdir(), 'local-appsync-user-'));
    cpSync(join(__dirname, 'notes'), folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'notes', private: true }));
    const project = new Project(folder);
    await project.run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', tarball, ...NEEDED]);
    return project;
  }

  write(name: string, text: string): void {
    writeFileSync(join(this.folder, name), text);
  }

  /** What the installed package has in a file. */
  readInstalled(path: string): string {
    return readFileSync(join(this.folder, 'node_modules', 'local-appsync', path), 'utf8');
  }

  /** Rejects, with all that was said, if the command fails. */
  async run(command: string, args: string[]): Promise<string> {
    // Not the flags and the workers of the Jest that runs this.
    const env = { ...process.env, NODE_OPTIONS: undefined, JEST_WORKER_ID: undefined };
    const { stdout, stderr } = await run(command, args, { cwd: this.folder, env });
    return stdout + stderr;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
