import { definitionText } from '../definition/definition-text';
import type { Deployment } from '../../../cloudformation/deployment';
import type { NamedCode } from '../../../appsync-js/type-check/problem';

/** The code of all resolvers and functions, those that no pipeline names included: AppSync checks them, too. Throws Unsupported. */
export function deployedCode(deployment: Deployment): NamedCode[] {
  return ['AWS::AppSync::Resolver', 'AWS::AppSync::FunctionConfiguration'].flatMap((type) =>
    deployment.resources(type).flatMap((resource) => {
      const { TypeName, FieldName, Name } = resource.properties;
      const code = definitionText(deployment, resource, 'Code', 'CodeS3Location');
      return code === undefined ? [] : [{ name: String(Name ?? `${TypeName}.${FieldName}`), code }];
    }),
  );
}
