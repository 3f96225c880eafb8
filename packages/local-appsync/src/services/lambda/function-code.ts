import { unzipSync } from 'fflate';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { Unsupported } from '../../cloudformation/unsupported';
import type { Deployment, Resource } from '../../cloudformation/deployment';

/** Where the code of functions and layers lies as folders: assets as they are, what is packed unpacked for a while. */
export class FunctionCode {
  private readonly unpacked = new Map<string, string>();

  /** Unpacks into `scratch`, a folder that need not be there yet. */
  constructor(
    private readonly deployment: Deployment,
    private readonly scratch: string,
  ) {}

  /** Throws Unsupported. */
  directory(lambda: Resource): string {
    const { S3Key, ZipFile } = (lambda.properties.Code ?? {}) as { S3Key?: string; ZipFile?: string };
    return ZipFile === undefined
      ? this.asset(lambda, S3Key)
      : this.folder(lambda.physical.ref, { 'index.js': ZipFile });
  }

  /** What the function finds below /opt on AWS, the layer that wins first. Throws Unsupported. */
  layers(lambda: Resource): string[] {
    const arns = (lambda.properties.Layers ?? []) as string[];
    return [...arns].reverse().map((arn) => {
      const layer = this.deployment.find(arn, 'AWS::Lambda::LayerVersion');
      if (!layer) {
        throw new Unsupported(lambda, `its layer ${arn} is not of this assembly`);
      }
      return this.asset(layer, (layer.properties.Content as { S3Key?: string } | undefined)?.S3Key);
    });
  }

  release(): void {
    for (const directory of this.unpacked.values()) {
      rmSync(directory, { recursive: true, force: true });
    }
  }

  private asset(resource: Resource, key: string | undefined): string {
    const asset = key === undefined ? undefined : this.deployment.assembly.asset(key);
    const found = asset === undefined ? undefined : statSync(asset, { throwIfNoEntry: false });
    if (asset === undefined || !found) {
      throw new Unsupported(resource, `its code must be an asset of the assembly or inline, not ${asset ?? key}`);
    }
    if (found.isDirectory()) {
      return asset;
    }
    try {
      return this.folder(asset, () => unzipSync(readFileSync(asset)));
    } catch (error) {
      throw new Unsupported(resource, `its code ${asset} must be a folder or a zip file: ${(error as Error).message}`);
    }
  }

  private folder(name: string, files: Files | (() => Files)): string {
    let directory = this.unpacked.get(name);
    if (directory === undefined) {
      mkdirSync(this.scratch, { recursive: true });
      directory = mkdtempSync(join(resolve(this.scratch), 'code-'));
      this.unpacked.set(name, directory);
      write(directory, typeof files === 'function' ? files() : files);
    }
    return directory;
  }
}

type Files = Record<string, string | Uint8Array>;

function write(directory: string, files: Files): void {
  for (const [name, content] of Object.entries(files)) {
    const file = resolve(directory, name);
    if (!file.startsWith(directory + sep)) {
      throw new Error(`it holds ${name}, which lies outside of it`);
    }
    if (name.endsWith('/')) {
      mkdirSync(file, { recursive: true });
    } else {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
    }
  }
}
