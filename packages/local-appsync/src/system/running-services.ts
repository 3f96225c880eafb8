import type { Deployment } from '../cloudformation/deployment';
import type { Route } from '../endpoint/route';
import type { Machine } from '../services/machine';
import type { DeployedService, RunningService, Service } from '../services/service';
import type { Parts } from '../shared/parts';
import { DeployedServices } from './deployed-services';

/** The services of this machine, ready for deployments. */
export class RunningServices {
  private readonly running = new Map<Service, RunningService>();

  private constructor(private readonly services: readonly Service[]) {}

  /** Starts services in their order; each becomes a part of the system. Throws StartError. */
  static async start(services: readonly Service[], machine: Machine, parts: Parts): Promise<RunningServices> {
    const started = new RunningServices(services);
    for (const service of services) {
      const running = await service.start(machine);
      parts.add(() => running.stop?.());
      started.running.set(service, running);
    }
    return started;
  }

  routes(): Route[] {
    return this.all().flatMap(({ routes = [] }) => routes);
  }

  variables(): Record<string, string> {
    return Object.assign({}, ...this.all().map(({ variables = {} }) => variables)) as Record<string, string>;
  }

  /** Resolves if a service that the system can't do without ends by itself. */
  get died(): Promise<string> {
    return Promise.race(this.all().flatMap(({ died }) => died ?? []));
  }

  /** Has the services look a deployment over, beside whatever else happens to it. Rejects with StartError. */
  async check(deployment: Deployment): Promise<void> {
    await Promise.all(this.all().map(async (running) => running.check?.(deployment)));
  }

  /** Makes a deployment ready to start. What is wrong with it is told now, and nothing is left of it. */
  async deploy(deployment: Deployment): Promise<DeployedServices> {
    const deployed = new Map<Service, DeployedService>();
    try {
      for (const service of this.services) {
        const needed = Object.entries(service.needs).map(([name, other]) => [name, deployed.get(other)!]);
        const part = await this.running
          .get(service)!
          .deploy(deployment, Object.fromEntries(needed) as Record<string, DeployedService>);
        deployed.set(service, part);
      }
    } catch (error) {
      await new DeployedServices(deployed).stop();
      throw error;
    }
    return new DeployedServices(deployed);
  }

  private all(): RunningService[] {
    return [...this.running.values()];
  }
}
