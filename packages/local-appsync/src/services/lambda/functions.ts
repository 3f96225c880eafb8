import type { Deployment, Resource } from '../../cloudformation/deployment';
import { REGION } from '../../cloudformation/account';
import { FunctionCode } from './function-code';
import type { CredentialIssuer } from '../iam/credentials';
import { Policies } from '../iam/policy';
import { isEmbeddedMetrics } from './embedded-metrics';
import { type InvocationResult, LambdaFunction } from './function';
import { StartError } from '../../shared/start-error';

export interface FunctionsOptions {
  credentials: CredentialIssuer;
  /** By role ARN. */
  policies: ReadonlyMap<string, Policies>;
  /** By which the functions' SDKs find the services. */
  variables: Record<string, string>;
  /** A folder for code that has to be unpacked. */
  scratch: string;
  log(line: string): void;
}

/** The Lambda functions of a deployment. */
export class Functions {
  private readonly functions = new Map<string, LambdaFunction>();
  private readonly code: FunctionCode;

  constructor(
    private readonly deployment: Deployment,
    private readonly options: FunctionsOptions,
  ) {
    this.code = new FunctionCode(deployment, options.scratch);
  }

  /** Calls a function by its name or ARN. A function is set up when it is called first. */
  invoke(reference: string, payload: unknown): Promise<InvocationResult> {
    return this.find(reference).invoke(payload);
  }

  /** Whether there is a function of that name or ARN. */
  has(reference: string): boolean {
    return this.deployment.find(unqualified(reference), 'AWS::Lambda::Function') !== undefined;
  }

  /** Sets a function up without calling it: what is wrong with it is told now. Throws Unsupported. */
  find(reference: string): LambdaFunction {
    let lambda = this.functions.get(reference);
    if (!lambda) {
      const resource = this.deployment.find(unqualified(reference), 'AWS::Lambda::Function');
      if (!resource) {
        throw new StartError(`There is no Lambda function ${reference} in the assembly.`);
      }
      const name = resource.physical.ref;
      lambda = this.functions.get(name) ?? this.create(resource);
      this.functions.set(name, lambda).set(reference, lambda);
    }
    return lambda;
  }

  async stop(): Promise<void> {
    await Promise.all([...new Set(this.functions.values())].map((lambda) => lambda.stop()));
    this.code.release();
  }

  private create(resource: Resource): LambdaFunction {
    const { Runtime, Handler, Timeout, MemorySize, Environment, Role } = resource.properties;
    const name = resource.physical.ref;
    return new LambdaFunction(
      {
        name,
        runtime: String(Runtime),
        handler: String(Handler),
        directory: this.code.directory(resource),
        layers: this.code.layers(resource),
        timeoutSeconds: Number(Timeout ?? 3),
        memoryMb: Number(MemorySize ?? 128),
        environment: {
          ...this.roleCredentials(String(Role), name),
          // Which Node runs it is a matter of this machine: on AWS it will be the template's.
          AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
          ...this.options.variables,
          ...(Environment as { Variables?: Record<string, string> } | undefined)?.Variables,
        },
      },
      {
        region: REGION,
        log: (functionName, line) => {
          if (!isEmbeddedMetrics(line)) {
            this.options.log(`${functionName}: ${line}`);
          }
        },
      },
    );
  }

  private roleCredentials(roleArn: string, sessionName: string): Record<string, string> {
    const { accessKeyId, secretAccessKey, sessionToken } = this.options.credentials.issue({
      roleArn,
      roleName: roleArn.split('/').pop()!,
      sessionName,
      policies: this.options.policies.get(roleArn) ?? new Policies([]),
    });
    return {
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_SESSION_TOKEN: sessionToken,
    };
  }
}

/** Without the version or alias: here there is one version of each function. */
function unqualified(reference: string): string {
  const parts = reference.split(':');
  return reference.startsWith('arn:') ? parts.slice(0, 7).join(':') : parts[0]!;
}
