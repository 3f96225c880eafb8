import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { AccountRecovery, Mfa, UserPool, type UserPoolClient } from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';

/**
 * Who may sign in. Their usernames are what tickets call requester, actor and assignee, so that they can't be changed,
 * and one that was deleted must not be given to somebody else: tickets would change hands.
 */
export class Users extends Construct {
  readonly pool: UserPool;
  /** For the sign-in of a web client: public, so it has no secret, and passwords never leave the browser (SRP). */
  readonly webClient: UserPoolClient;

  constructor(scope: Construct, id: string) {
    super(scope, id);

    this.pool = new UserPool(this, 'Pool', {
      selfSignUpEnabled: false,
      signInAliases: { username: true, email: true },
      signInCaseSensitive: false,
      standardAttributes: { email: { required: true, mutable: true } },
      passwordPolicy: { minLength: 12, tempPasswordValidity: Duration.days(3) },
      mfa: Mfa.OPTIONAL,
      // A code by SMS can be had by who takes over the phone number, and costs money.
      mfaSecondFactor: { otp: true, sms: false },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    Validations.of(this.pool).acknowledge(
      {
        id: 'AwsSolutions-COG1',
        reason: 'Length, not a mixture of characters, makes a password strong: NIST SP 800-63B.',
      },
      {
        id: 'AwsSolutions-COG2',
        reason: 'A second factor is for each user to add; to require one is for those who run the pool.',
      },
      {
        id: 'AwsSolutions-COG8',
        reason: 'The Plus plan is paid by the user and month: for those who run the pool to choose.',
      },
    );
    this.pool.addGroup('Agents', {
      groupName: 'agents',
      description: 'May do everything on every ticket. Everybody else may create tickets, and follow their own.',
    });
    this.webClient = this.pool.addClient('Web', {
      authFlows: { userSrp: true },
      disableOAuth: true,
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
      accessTokenValidity: Duration.hours(1),
      idTokenValidity: Duration.hours(1),
      refreshTokenValidity: Duration.days(30),
    });
  }
}
