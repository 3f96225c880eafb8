import type { Semantics } from '../appsync-js/quirks/semantics';
import type { Tracer } from './appsync/execution/tracing';

/** What a service finds on this machine in place of AWS. */
export interface Machine {
  /** Where the system answers, without a path: `http://127.0.0.1:4000` */
  readonly url: string;
  /** A folder of this name, which is made if it is not there. It outlives a restart if the system's data does. */
  folder(name: string): string;
  /** A folder for what need not be kept. It may not be there yet. */
  readonly scratch: string;
  /** The variables of all services, once all have started. */
  variables(): Record<string, string>;
  readonly options: ServiceOptions;
  log(line: string): void;
  /** Aborts when the start is called off. */
  readonly signal: AbortSignal;
}

/** What a user may choose of the services. */
export interface ServiceOptions {
  /** Which DynamoDB engine. Default: the first that is installed. */
  engine?: 'dynoxide' | 'dynamodb-local';
  /** The address of a DynamoDB that somebody else runs. */
  dynamodbEndpoint?: string;
  /** How resolver code is read. Default: as AppSync is reported to. */
  semantics?: Semantics;
  /** Follows each request. */
  tracer?: Tracer;
  /** Refuse code that AppSync's type check and lint would refuse at deployment. */
  typeCheck?: boolean;
  /** Whether deployments follow one another. */
  watch?: boolean;
}
