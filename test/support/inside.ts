import { createPrivateKey, type KeyObject } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { type AwsCredentials, type LocalAppSync, startLocalAppSync } from 'local-appsync';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SEMANTICS } from './semantics';

/** The product in this process, for a test that comes as a role, or with the key of the user pool. */
export class Inside {
  private constructor(
    readonly app: LocalAppSync,
    private readonly data: string,
  ) {}

  static async start(): Promise<Inside> {
    const data = mkdtempSync(join(tmpdir(), 'inside-'));
    const assembly = process.env.TICKETS_ASSEMBLY!;
    return new Inside(await startLocalAppSync({ assembly, data, semantics: SEMANTICS, log: () => undefined }), data);
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
    const [role] = Object.keys(Resources).filter(
      (id) => id.startsWith(beginning) && Resources[id]!.Type === 'AWS::IAM::Role',
    );
    return this.app.credentials(role!);
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
