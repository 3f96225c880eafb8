import { REGION } from '../../cloudformation/account';
import { arn, hash } from '../../cloudformation/physical';
import type { DeployedService, Service } from '../service';
import { TokenRoute } from './local-token';
import type { LocalUserPool } from './user-pool';
import { localUserPools } from './user-pools';

/** The user pools of a deployment by their ids. */
export class DeployedUserPools implements DeployedService {
  private preferred?: LocalUserPool;

  constructor(
    readonly pools: ReadonlyMap<string, LocalUserPool>,
    private readonly route: TokenRoute,
  ) {}

  /** The pool whose tokens are handed out: the one that an API takes first, else the first of all. */
  get issuer(): LocalUserPool | undefined {
    return this.preferred ?? [...this.pools.values()][0];
  }

  prefer(poolId: string): void {
    this.preferred ??= this.pools.get(poolId);
  }

  start(): void {
    this.route.pool = this.issuer;
  }
}

/** Cognito: user pools whose tokens are real, and go to whoever asks on this machine. */
export const cognito: Service<DeployedUserPools, Record<never, never>> = {
  name: 'cognito',
  needs: {},
  resourceTypes: {
    'AWS::Cognito::UserPool': (name) => {
      const id = `${REGION}_${hash(name).slice(0, 9)}`;
      const provider = `cognito-idp.${REGION}.amazonaws.com/${id}`;
      return {
        ref: id,
        attributes: {
          UserPoolId: id,
          Arn: arn('cognito-idp', `userpool/${id}`),
          ProviderName: provider,
          ProviderURL: `https://${provider}`,
        },
      };
    },
    'AWS::Cognito::UserPoolClient': (name, value) => ({
      ref: hash(name),
      attributes: { ClientId: hash(name), ClientSecret: hash(`${name}/secret`), Name: value('ClientName') ?? name },
    }),
    'AWS::Cognito::UserPoolGroup': (name, value) => ({ ref: String(value('GroupName') ?? name), attributes: {} }),
  },
  start: (machine) => {
    const keys = machine.folder('keys');
    const route = new TokenRoute();
    return {
      routes: [route],
      deploy: (deployment) => new DeployedUserPools(localUserPools(deployment, keys), route),
    };
  },
};
