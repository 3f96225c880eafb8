import type { Deployment } from '../cloudformation/deployment';
import type { ResourceTypes } from '../cloudformation/physical';
import type { Route } from '../endpoint/route';
import type { Machine } from './machine';

/**
 * An AWS service, as far as this machine runs it: a folder here, and a line in the list of services. What is written
 * down is what the system asks of it, so that nothing outside the folder has to know the service.
 */
export interface Service<D extends DeployedService = DeployedService, N extends Needs = Needs> {
  readonly name: string;
  /** The services whose part of a deployment this one's part is built on. */
  readonly needs: N;
  /** The types of resources that it runs, or that have nothing to do here, and what they answer to Ref and GetAtt. */
  readonly resourceTypes: ResourceTypes;
  /** Opens what stays while deployments come and go. Throws StartError. */
  start(machine: Machine): RunningService<D, N> | Promise<RunningService<D, N>>;
}

/** By the names that a service gives them. */
export interface Needs {
  readonly [name: string]: Service;
}

/** What a service finds of the services that it needs, in the deployment at hand. */
export type Needed<N extends Needs> = {
  readonly [Name in keyof N]: N[Name] extends Service<infer D> ? D : never;
};

export interface RunningService<D extends DeployedService = DeployedService, N extends Needs = Needs> {
  /** Variables by which AWS SDKs find the service, those of functions too. */
  readonly variables?: Readonly<Record<string, string>>;
  /** What it answers at the system's endpoint. */
  readonly routes?: readonly Route[];
  /** Resolves if it ends by itself and the system can't do without it, with a sentence that says how. */
  readonly died?: Promise<string>;
  /** Looks a deployment over while it is being built; it does not start before that is done. Rejects with StartError. */
  check?(deployment: Deployment): Promise<void>;
  /**
   * Makes what the deployment stores things in, and loads its code: whatever is wrong is told now. Nothing runs yet, and
   * what was deployed before goes on. Throws StartError.
   */
  deploy(deployment: Deployment, needed: Needed<N>): D | Promise<D>;
  stop?(): void | Promise<void>;
}

/** A service's part of one deployment. */
export interface DeployedService {
  /** Runs it, in the place of what was deployed before. Services start before those that they need. */
  start?(before?: DeployedService): void | Promise<void>;
  /** Resolves when nothing is under way any more that began in what was deployed before. */
  settled?(): Promise<void>;
  /** Resolves once all that it has to react to now has been handled. */
  caughtUp?(): Promise<void>;
  /** Ends it, also if it never started. */
  stop?(): void | Promise<void>;
}
