import { createPrivateKey, type KeyObject } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { type AwsCredentials, type LocalAppSync, type LocalAppSyncOptions, startLocalAppSync } from 'local-appsync';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SEMANTICS } from './semantics';

/** The product in this process: there sooner than one of its own, and tests can come as a role, or with the user pool's key. */
export class Inside {
  private constructor(
    readonly app: LocalAppSync,
    /** Where its data and its outputs are, until it stops. */
    readonly data: string,
  ) {}

  static async start(options: Pick<LocalAppSyncOptions, 'assembly' | 'engine'> = {}): Promise<Inside> {
    const data = mkdtempSync(join(tmpdir(), 'inside-'));
    const app = await startLocalAppSync({
      assembly: process.env.TICKETS_ASSEMBLY,
      data,
      semantics: SEMANTICS,
      log: () => undefined,
      ...options,
    });
    return new Inside(app, data);
  }

  get graphqlUrl(): string {
    return this.app.url;
  }

  /** Without a path. */
  get url(): string {
    return new URL(this.app.url).origin;
  }

  /** Credentials of the role whose logical id begins like that. */
  assume(beginning: string): Promise<AwsCredentials> {
    const template = readFileSync(join(process.env.TICKETS_ASSEMBLY!, 'TicketsApi.template.json'), 'utf8');
    const { Resources } = JSON.parse(template) as { Resources: Record<string, { Type: string }> };
    const role = Object.keys(Resources).find(
      (id) => id.startsWith(beginning) && Resources[id]!.Type === 'AWS::IAM::Role',
    );
    // Credentials of no role in particular would be an administrator's.
    return this.app.credentials(role ?? beginning);
  }

  /** What the user pool signs its tokens with. */
  poolKey(): KeyObject {
    const folder = join(this.data, 'keys');
    const file = readdirSync(folder).find((name) => name.startsWith('user-pool-'))!;
    return createPrivateKey(readFileSync(join(folder, file)));
  }

  async stop(): Promise<void> {
    await this.app.stop();
    rmSync(this.data, { recursive: true });
  }
}
