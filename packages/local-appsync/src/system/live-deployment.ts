import type { Deployment } from '../cloudformation/deployment';
import type { DeployedServices } from './deployed-services';
import type { RunningServices } from './running-services';

/** The deployment that runs now. Another can take its place; data, sockets and positions in streams stay. */
export class LiveDeployment {
  private current?: { deployment: Deployment; deployed: DeployedServices };

  constructor(private readonly services: RunningServices) {}

  /** Checks, builds and starts it. What ran before goes on if that fails. Throws StartError. */
  async put(deployment: Deployment): Promise<void> {
    const before = this.current?.deployed;
    const checked = this.services.check(deployment);
    // Else Node.js would end the process if it failed before it is awaited.
    checked.catch(() => undefined);
    const deployed = await this.services.deploy(deployment);
    await checked.catch(async (error) => {
      await deployed.stop();
      throw error;
    });
    this.current = { deployment, deployed };
    await deployed.start(before);
  }

  get deployed(): DeployedServices {
    return this.now.deployed;
  }

  /** By stack and logical id. Values are text, as CloudFormation has them. */
  get outputs(): Record<string, Record<string, string>> {
    const stacks = Object.entries(this.now.deployment.outputs());
    return Object.fromEntries(stacks.map(([stack, values]) => [stack, mapValues(values, String)]));
  }

  /** Types of resources that it has and that are not run here. */
  get notRun(): string[] {
    return this.now.deployment.unknownTypes();
  }

  async stop(): Promise<void> {
    await this.current?.deployed.stop();
  }

  private get now(): { deployment: Deployment; deployed: DeployedServices } {
    if (!this.current) {
      throw new Error('Nothing is deployed yet.');
    }
    return this.current;
  }
}

function mapValues<A, B>(object: Record<string, A>, map: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value)]));
}
