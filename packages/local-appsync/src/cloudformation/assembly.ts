import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { StartError } from '../shared/start-error';

/** A CloudFormation template as `cdk synth` wrote it. */
export interface Template {
  stackName: string;
  Resources: Record<string, ResourceTemplate>;
  Parameters?: Record<string, { Type: string; Default?: unknown }>;
  Mappings?: Record<string, Record<string, Record<string, unknown>>>;
  Conditions?: Record<string, unknown>;
  Outputs?: Record<string, { Value: unknown; Condition?: string; Export?: { Name: unknown } }>;
}

export interface ResourceTemplate {
  Type: string;
  Properties?: Record<string, unknown>;
  Condition?: string;
  Metadata?: Record<string, unknown>;
}

/** The assembly can't be read: what is missing, and what to do. */
export class UnreadableAssembly extends StartError {
  override readonly name = 'UnreadableAssembly';
}

/** A synthesized CDK app: its stacks, and where each asset lies. */
export interface Assembly {
  templates: Template[];
  /** The file or folder of an asset by its S3 object key; undefined if it is not there. */
  asset(objectKey: string): string | undefined;
}

interface Manifest {
  artifacts?: Record<string, Artifact>;
}

interface Artifact {
  type: string;
  properties?: { templateFile?: string; stackName?: string; directoryName?: string; file?: string };
}

interface AssetManifest {
  files?: Record<string, { source: { path?: string }; destinations: Record<string, { objectKey: string }> }>;
}

/** Reads a folder that `cdk synth` wrote, with the assemblies of its stages. Throws UnreadableAssembly. */
export function readAssembly(directory: string): Assembly {
  const templates: Template[] = [];
  const assets = new Map<string, string>();
  collect(resolve(directory), templates, assets);
  if (templates.length === 0) {
    throw new UnreadableAssembly(`${directory} holds no stack. Point --assembly at what \`cdk synth\` wrote.`);
  }
  return { templates, asset: (objectKey) => assets.get(objectKey) };
}

function collect(directory: string, templates: Template[], assets: Map<string, string>): void {
  if (!existsSync(join(directory, 'manifest.json'))) {
    throw new UnreadableAssembly(
      `${directory} holds no manifest.json. Point --assembly at the folder that \`cdk synth\` wrote (cdk.out).`,
    );
  }
  const { artifacts = {} } = readJson<Manifest>(join(directory, 'manifest.json'));
  for (const [id, { type, properties = {} }] of Object.entries(artifacts)) {
    if (type === 'aws:cloudformation:stack' && properties.templateFile) {
      templates.push(readTemplate(join(directory, properties.templateFile), properties.stackName ?? id));
    } else if (type === 'cdk:asset-manifest' && properties.file) {
      for (const { source, destinations } of Object.values(
        readJson<AssetManifest>(join(directory, properties.file)).files ?? {},
      )) {
        for (const { objectKey } of Object.values(destinations)) {
          assets.set(objectKey, join(directory, source.path ?? ''));
        }
      }
    } else if (type === 'cdk:cloud-assembly' && properties.directoryName) {
      collect(join(directory, properties.directoryName), templates, assets);
    }
  }
}

/** Throws UnreadableAssembly. */
export function readTemplate(file: string, stackName: string): Template {
  const template = readJson<Template>(file);
  return { ...template, stackName, Resources: template.Resources ?? {} };
}

function readJson<T>(file: string): T {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T;
  } catch (error) {
    throw new UnreadableAssembly(`${file} can't be read: ${(error as Error).message}. Run \`cdk synth\` again.`);
  }
}
