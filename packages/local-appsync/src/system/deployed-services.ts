import type { DeployedService, Service } from '../services/service';

/** What the services have made of a deployment, in the order of the services. */
export class DeployedServices {
  constructor(private readonly deployed: ReadonlyMap<Service, DeployedService>) {}

  /** One service's part. */
  of<D extends DeployedService>(service: Service<D, Record<never, never>>): D;
  of<D extends DeployedService, N extends Record<string, Service>>(service: Service<D, N>): D;
  of(service: Service): DeployedService {
    return this.deployed.get(service)!;
  }

  /**
   * Starts all, each service before those that it needs: an API answers before the functions that call it run. With
   * another deployment, in its place; that one has ended then.
   */
  async start(before?: DeployedServices): Promise<void> {
    for (const [service, part] of this.outermostFirst()) {
      await part.start?.(before?.deployed.get(service));
    }
    await Promise.all(this.outermostFirst().map(async ([, part]) => part.settled?.()));
    await before?.stop();
  }

  async caughtUp(): Promise<void> {
    await Promise.all([...this.deployed.values()].map(async (part) => part.caughtUp?.()));
  }

  async stop(): Promise<void> {
    for (const [, part] of this.outermostFirst()) {
      await part.stop?.();
    }
  }

  private outermostFirst(): [Service, DeployedService][] {
    return [...this.deployed].reverse();
  }
}
