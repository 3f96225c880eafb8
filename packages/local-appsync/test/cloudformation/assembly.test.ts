import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readAssembly, UnreadableAssembly } from '../../src/cloudformation/assembly';
import { Deployment } from '../../src/cloudformation/deployment';
import { TYPES } from './deployments';

const root = mkdtempSync(join(tmpdir(), 'assembly-'));
afterAll(() => rmSync(root, { recursive: true }));

let assemblies = 0;

/** A folder with these files; what is no text is written as JSON. */
function folderOf(files: Record<string, unknown>): string {
  const folder = join(root, String((assemblies += 1)));
  mkdirSync(folder);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return folder;
}

function stack(templateFile: string, stackName?: string) {
  return {
    type: 'aws:cloudformation:stack',
    properties: { templateFile, stackName },
  };
}

function assets(file: string) {
  return { type: 'cdk:asset-manifest', properties: { file } };
}

function assetManifest(path: string, objectKey: string) {
  return {
    files: { x: { source: { path }, destinations: { here: { objectKey } } } },
  };
}

function queue(QueueName: string) {
  return { Resources: { Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName } } } };
}

function queuesOf(folder: string) {
  return new Deployment(readAssembly(folder), 'http://localhost', TYPES)
    .resources('AWS::SQS::Queue')
    .map(({ path, properties }) => [path, properties.QueueName]);
}

test('has the stacks of its manifest, by their own names or that of the artifact, and nothing else of it', () => {
  const folder = folderOf({
    'manifest.json': {
      artifacts: {
        A: stack('a.json', 'stack-a'),
        B: stack('b.json'),
        Tree: { type: 'cdk:tree', properties: { file: 'tree.json' } },
      },
    },
    'a.json': queue('one'),
    'b.json': queue('two'),
    'c.json': queue('three'),
  });
  expect(queuesOf(folder)).toEqual([
    ['stack-a/Queue', 'one'],
    ['B/Queue', 'two'],
  ]);
});

test('has the assemblies of its stages, at any depth, with assets that lie above them', () => {
  const folder = folderOf({
    'manifest.json': { artifacts: { Stage: { type: 'cdk:cloud-assembly', properties: { directoryName: 'stage' } } } },
    'stage/manifest.json': {
      artifacts: {
        S: stack('s.json'),
        Assets: assets('s.assets.json'),
        Inner: { type: 'cdk:cloud-assembly', properties: { directoryName: 'inner' } },
      },
    },
    'stage/s.json': queue('one'),
    'stage/s.assets.json': assetManifest('../asset.x', 'key.zip'),
    'stage/inner/manifest.json': { artifacts: { T: stack('t.json') } },
    'stage/inner/t.json': queue('two'),
    'asset.x/index.js': '',
  });
  expect(queuesOf(folder).map(([, name]) => name)).toEqual(['one', 'two']);
  expect(readAssembly(folder).asset('key.zip')).toBe(join(folder, 'asset.x'));
  expect(readAssembly(folder).asset('other.zip')).toBeUndefined();
});

test('has the stacks within its stacks: parameters go in, outputs come out', () => {
  const folder = folderOf({
    'manifest.json': { artifacts: { Top: stack('top.json'), Assets: assets('top.assets.json') } },
    'top.assets.json': assetManifest('inner.nested.template.json', 'inner.json'),
    'top.json': {
      Resources: {
        Inner: {
          Type: 'AWS::CloudFormation::Stack',
          Properties: {
            TemplateURL: { 'Fn::Join': ['', ['https://s3.', { Ref: 'AWS::Region' }, '/bucket/inner.json']] },
            Parameters: { Stage: { Ref: 'AWS::StackName' } },
          },
        },
        Outer: {
          Type: 'AWS::SQS::Queue',
          Properties: { QueueName: { 'Fn::GetAtt': ['Inner', 'Outputs.Name'] } },
        },
      },
    },
    'inner.nested.template.json': {
      Parameters: { Stage: { Type: 'String' } },
      Resources: { Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: { 'Fn::Sub': 'of-${Stage}' } } } },
      Outputs: { Name: { Value: { 'Fn::Sub': '${Queue.QueueName}-too' } } },
    },
  });
  expect(queuesOf(folder)).toEqual([
    ['Top/Outer', 'of-Top-too'],
    ['Top-Inner/Queue', 'of-Top'],
  ]);
});

describe('what cannot be read is told in one sentence', () => {
  test.each<[string, Record<string, unknown>, RegExp]>([
    ['a folder without a manifest', {}, /holds no manifest\.json\. Point --assembly at the folder/],
    ['a manifest without a stack', { 'manifest.json': { artifacts: {} } }, /holds no stack\. Point --assembly at/],
    ['an empty manifest', { 'manifest.json': {} }, /holds no stack/],
    [
      'a manifest that is no JSON',
      { 'manifest.json': '{' },
      /manifest\.json can't be read: .*Run `cdk synth` again\.$/,
    ],
    [
      'a template that is not there',
      { 'manifest.json': { artifacts: { A: stack('a.json') } } },
      /a\.json can't be read: ENOENT/,
    ],
    [
      'a template that is no JSON',
      { 'manifest.json': { artifacts: { A: stack('a.json') } }, 'a.json': 'Resources:' },
      /a\.json can't be read: /,
    ],
    [
      'a stage that is not there',
      { 'manifest.json': { artifacts: { S: { type: 'cdk:cloud-assembly', properties: { directoryName: 'stage' } } } } },
      /stage holds no manifest\.json/,
    ],
  ])('%s', (_, files, message) => {
    const folder = folderOf(files);
    expect(() => readAssembly(folder)).toThrow(UnreadableAssembly);
    expect(() => readAssembly(folder)).toThrow(message);
  });

  test('a folder that is not there', () => {
    expect(() => readAssembly(join(root, 'nowhere'))).toThrow(/nowhere holds no manifest\.json/);
  });

  test('a nested stack whose template is not there', () => {
    const TemplateURL = 'https://s3/bucket/gone.json';
    const folder = folderOf({
      'manifest.json': { artifacts: { Top: stack('top.json') } },
      'top.json': { Resources: { Inner: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL } } } },
    });
    expect(() => queuesOf(folder)).toThrow('Top.Inner.TemplateURL: the assembly has no asset gone.json');
  });
});
