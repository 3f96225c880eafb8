/** A function as a CloudFormation template describes it, its references resolved and its asset unpacked. */
export interface FunctionDefinition {
  name: string;
  /** `nodejs20.x` and its kin. */
  runtime: string;
  /** `file.export`, as in `index.handler`. */
  handler: string;
  /** The unpacked asset: an absolute folder. */
  directory: string;
  /** The unpacked layers, the one that wins first. */
  layers?: string[];
  timeoutSeconds: number;
  memoryMb: number;
  environment: Record<string, string>;
}
