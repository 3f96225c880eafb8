import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Deployment } from '../../../../src/cloudformation/deployment';
import { deployedCode } from '../../../../src/services/appsync/code-check/deployed-code';
import { ENDPOINT, TYPES } from '../../../cloudformation/deployments';

const folder = mkdtempSync(join(tmpdir(), 'deployed-code-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the code of resolvers and of functions is found in the template and in assets, used or not', () => {
  const file = join(folder, 'code.js');
  writeFileSync(file, 'of the asset');
  const of = (Type: string, Properties: Record<string, unknown>) => ({ Type, Properties });
  const deployment = new Deployment(
    {
      templates: [
        {
          stackName: 'Main',
          Resources: {
            A: of('AWS::AppSync::Resolver', { TypeName: 'Query', FieldName: 'a', Code: 'of the template' }),
            B: of('AWS::AppSync::Resolver', { TypeName: 'Query', FieldName: 'b', CodeS3Location: 's3://bucket/key' }),
            Direct: of('AWS::AppSync::Resolver', { TypeName: 'Query', FieldName: 'c' }),
            Unused: of('AWS::AppSync::FunctionConfiguration', { Name: 'find', Code: 'of nobody' }),
          },
        },
      ],
      asset: (key) => (key === 'key' ? file : undefined),
    },
    ENDPOINT,
    TYPES,
  );
  expect(deployedCode(deployment)).toEqual([
    { name: 'Query.a', code: 'of the template' },
    { name: 'Query.b', code: 'of the asset' },
    { name: 'find', code: 'of nobody' },
  ]);
});
