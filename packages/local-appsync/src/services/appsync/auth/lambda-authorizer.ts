import { randomUUID } from 'node:crypto';
import { type AuthorizerAnswer, readAnswer } from './authorizer-answer';
import { type AuthorizerEvent, authorizerEvent } from './authorizer-event';
import { type AuthProvider, type AuthRequest, type Caller, header } from './types';
import { refusals, Unauthorized } from './unauthorized';

export interface LambdaAuthorizerOptions {
  /** Resolves with what the function returned; rejects when it failed. */
  invoke(event: AuthorizerEvent): Promise<unknown>;
  apiId: string;
  accountId: string;
  region: string;
  /** `AuthorizerResultTtlInSeconds`: how long an answer holds for a token. Default 0: each call asks. */
  resultTtlSeconds?: number;
  /** `IdentityValidationExpression`: tokens that do not match are refused without asking. */
  identityValidationExpression?: string;
  /** Milliseconds since 1970. Default: the system's clock. */
  now?: () => number;
}

/**
 * Whoever a Lambda function lets in.
 * Source: https://docs.aws.amazon.com/appsync/latest/devguide/security-authz.html#aws-lambda-authorization
 */
export class LambdaAuthorizerProvider implements AuthProvider {
  readonly mode = 'AWS_LAMBDA';
  private readonly form: RegExp | undefined;
  private readonly answers = new Map<string, { answer: AuthorizerAnswer; until: number }>();

  /** @throws SyntaxError when `identityValidationExpression` is no regular expression. */
  constructor(private readonly options: LambdaAuthorizerOptions) {
    const { identityValidationExpression: expression } = options;
    this.form = expression === undefined ? undefined : new RegExp(`^(?:${expression})$`);
  }

  /** Refusals of a function that failed, or answered what AppSync cannot read, tell why in their `cause`. */
  async authenticate(request: AuthRequest): Promise<Caller> {
    const token = header(request, 'authorization');
    if (!token) {
      throw new Unauthorized(refusals.missing);
    }
    if (this.form && !this.form.test(token)) {
      throw new Unauthorized(refusals.refused);
    }

    const answer = this.cached(token) ?? (await this.ask(token, request));
    if (!answer.isAuthorized) {
      throw new Unauthorized(refusals.refused);
    }
    return {
      mode: this.mode,
      identity: { resolverContext: answer.resolverContext },
      groups: [],
      deniedFields: answer.deniedFields.filter((field) => this.isOurs(field)),
    };
  }

  private cached(token: string): AuthorizerAnswer | undefined {
    const cached = this.answers.get(token);
    return cached && cached.until > this.now() ? cached.answer : undefined;
  }

  private async ask(token: string, request: AuthRequest): Promise<AuthorizerAnswer> {
    const { apiId, accountId } = this.options;
    const event = authorizerEvent(token, request, { apiId, accountId, requestId: randomUUID() });
    let answer: AuthorizerAnswer;
    try {
      answer = readAnswer(await this.options.invoke(event));
    } catch (cause) {
      throw new Unauthorized(refusals.refused, { cause });
    }
    this.remember(token, answer);
    return answer;
  }

  private remember(token: string, answer: AuthorizerAnswer): void {
    const now = this.now();
    // Each new answer clears out the old ones, so the map holds no more than one period's tokens.
    for (const [known, { until }] of this.answers) {
      if (until <= now) {
        this.answers.delete(known);
      }
    }
    const ttl = answer.ttlSeconds ?? this.options.resultTtlSeconds ?? 0;
    if (ttl > 0) {
      this.answers.set(token, { answer, until: now + ttl * 1000 });
    }
  }

  /** An authorizer may serve several APIs and tell their fields apart by the ARN. */
  private isOurs(deniedField: string): boolean {
    if (!deniedField.startsWith('arn:')) {
      return true;
    }
    const [, , , region, account, resource] = deniedField.split(':');
    const { region: ours, accountId, apiId } = this.options;
    return region === ours && account === accountId && resource?.startsWith(`apis/${apiId}/`) === true;
  }

  private now(): number {
    return (this.options.now ?? Date.now)();
  }
}
