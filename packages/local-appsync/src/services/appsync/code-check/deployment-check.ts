import type { Deployment } from '../../../cloudformation/deployment';
import type { Semantics } from '../../../appsync-js/quirks/semantics';
import { BackgroundCheck } from '../../../appsync-js/type-check/background';
import { deployedCode } from './deployed-code';
import { TypeCheck } from '../../../appsync-js/type-check/type-check';

export interface DeploymentCheckOptions {
  /** Without it all code passes. */
  typeCheck?: boolean;
  /** Some readings of AppSync know nothing of the check. */
  semantics?: Semantics;
  /** Whether deployments follow one another. */
  watch?: boolean;
  /** Calls off what is under way. */
  signal: AbortSignal;
}

/** Checks the code of deployments beside whatever else a start or a reload does. */
export class DeploymentCheck {
  private readonly background: BackgroundCheck;
  private readonly typeCheck?: TypeCheck;

  constructor({ typeCheck, semantics, watch = false, signal }: DeploymentCheckOptions) {
    this.background = new BackgroundCheck(watch);
    this.typeCheck = typeCheck && semantics?.applies('D1') !== false ? new TypeCheck(this.background.find) : undefined;
    signal.addEventListener('abort', () => void this.stop());
  }

  stop(): Promise<void> {
    return this.background.stop();
  }

  /** Rejects with RefusedCode, and with Unsupported. */
  async check(deployment: Deployment): Promise<void> {
    await this.typeCheck?.check(deployedCode(deployment));
  }
}
