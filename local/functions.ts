import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Unsupported } from './appsync/definition';
import type { Deployment, Resource } from './cloudformation/deployment';
import { REGION } from './cloudformation/account';
import type { CredentialIssuer } from './iam/credentials';
import { Policies } from './iam/policy';
import { type InvocationResult, LambdaFunction } from './lambda/function';

export interface FunctionsOptions {
  credentials: CredentialIssuer;
  /** By role ARN. */
  policies: Map<string, Policies>;
  /** Where the functions find the services. */
  endpoints: { dynamodb: string; sqs: string };
  log(line: string): void;
}

/** The Lambda functions of a deployment. */
export class Functions {
  private readonly functions = new Map<string, LambdaFunction>();
  private readonly unpacked: string[] = [];

  constructor(
    private readonly deployment: Deployment,
    private readonly options: FunctionsOptions,
  ) {}

  /** Calls a function by its name or ARN. A function is set up when it is called first. */
  invoke(reference: string, payload: unknown): Promise<InvocationResult> {
    return this.find(reference).invoke(payload);
  }

  /** Sets a function up without calling it: what is wrong with it is told now. Throws Unsupported. */
  find(reference: string): LambdaFunction {
    const resource = this.deployment.find(reference, 'AWS::Lambda::Function');
    if (!resource) {
      throw new Error(`There is no Lambda function ${reference} in the assembly`);
    }
    const name = resource.physical.ref;
    let lambda = this.functions.get(name);
    if (!lambda) {
      lambda = this.create(resource);
      this.functions.set(name, lambda);
    }
    return lambda;
  }

  async stop(): Promise<void> {
    await Promise.all([...this.functions.values()].map((lambda) => lambda.stop()));
    this.unpacked.forEach((directory) => rmSync(directory, { recursive: true, force: true }));
  }

  private create(resource: Resource): LambdaFunction {
    const { Runtime, Handler, Timeout, MemorySize, Environment, Role } = resource.properties;
    const name = resource.physical.ref;
    return new LambdaFunction(
      {
        name,
        runtime: String(Runtime),
        handler: String(Handler),
        directory: this.directory(resource),
        timeoutSeconds: Number(Timeout ?? 3),
        memoryMb: Number(MemorySize ?? 128),
        environment: {
          ...this.roleCredentials(String(Role), name),
          // Which Node runs it is a matter of this machine: on AWS it will be the template's.
          AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
          AWS_ENDPOINT_URL_DYNAMODB: this.options.endpoints.dynamodb,
          AWS_ENDPOINT_URL_DYNAMODB_STREAMS: this.options.endpoints.dynamodb,
          AWS_ENDPOINT_URL_SQS: this.options.endpoints.sqs,
          ...(Environment as { Variables?: Record<string, string> } | undefined)?.Variables,
        },
      },
      { region: REGION, log: (functionName, line) => this.options.log(`${functionName}: ${line}`) },
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

  /** Where the function's code lies: its asset, or a folder for the code that the template holds itself. */
  private directory(resource: Resource): string {
    const { S3Key, ZipFile } = resource.properties.Code as { S3Key?: string; ZipFile?: string };
    if (ZipFile !== undefined) {
      const directory = mkdtempSync(join(tmpdir(), 'local-lambda-'));
      this.unpacked.push(directory);
      writeFileSync(join(directory, 'index.js'), ZipFile);
      return directory;
    }
    const asset = S3Key === undefined ? undefined : this.deployment.assembly.asset(S3Key);
    if (asset === undefined || !statSync(asset).isDirectory()) {
      throw new Unsupported(
        resource,
        `its code must be an asset folder of the assembly or inline, not ${asset ?? S3Key}`,
      );
    }
    return asset;
  }
}
