import { StartError } from '../../shared/start-error';
import { compileCondition, type Refuse } from './condition';
import { type Pattern, pattern } from './pattern';
import { type ContextKeys, RequestContext } from './request-context';
import { all, any, not, type Verdict } from './verdict';

/** One statement of an identity policy, as a template's `PolicyDocument.Statement` holds it, references resolved. */
export interface PolicyStatement {
  Sid?: string;
  Effect: string;
  Action?: string | readonly string[];
  NotAction?: string | readonly string[];
  Resource?: string | readonly string[];
  NotResource?: string | readonly string[];
  Condition?: Readonly<Record<string, unknown>>;
}

/** IAM would not have taken the statement. */
export class MalformedPolicyError extends StartError {
  override readonly name = 'MalformedPolicyDocument';
}

/**
 * The identity policies of one principal, all statements together.
 *
 * Nothing is allowed unless a statement allows it, and a Deny wins over any Allow. Actions are compared
 * without regard to case, resources with; `*` stands for any run of characters and `?` for one, across the
 * colons and slashes of an ARN too.
 *
 * Conditions and policy variables (`${aws:username}`) are evaluated with the context keys that are known. Where the
 * outcome depends on another key, a Deny applies and an Allow does not: what passes here passes on AWS, but not always
 * the other way round.
 *
 * Not seen here: resource policies, permission boundaries, session and organization policies.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export class Policies {
  private readonly allowing: readonly CompiledStatement[];
  private readonly denying: readonly CompiledStatement[];

  /**
   * `principal` are the context keys that each of its requests has.
   * @throws MalformedPolicyError for a statement that IAM would refuse.
   */
  constructor(
    statements: readonly PolicyStatement[],
    private readonly principal: ContextKeys = {},
  ) {
    const compiled = statements.map(compile);
    this.allowing = compiled.filter((statement) => statement.effect === 'Allow');
    this.denying = compiled.filter((statement) => statement.effect === 'Deny');
  }

  /**
   * May the principal do `action` (`appsync:GraphQL`) on `resource` (an ARN, or `*`)? `request` are the context keys
   * that only this request has.
   */
  allows(action: string, resource: string, request: ContextKeys = {}): boolean {
    const asked = { action, resource, context: new RequestContext(this.principal, request) };
    return (
      this.allowing.some(({ applies }) => applies(asked) === 'holds') &&
      this.denying.every(({ applies }) => applies(asked) === 'fails')
    );
  }
}

interface Request {
  action: string;
  resource: string;
  context: RequestContext;
}

type Part = (request: Request) => Verdict;

interface CompiledStatement {
  effect: 'Allow' | 'Deny';
  applies: Part;
}

function compile(statement: PolicyStatement): CompiledStatement {
  const { Effect: effect } = statement;
  const refuse: Refuse = (fault) => malformed(statement, fault);
  if (effect !== 'Allow' && effect !== 'Deny') {
    throw refuse(`Effect must be "Allow" or "Deny", not ${JSON.stringify(effect)}`);
  }
  const matchesAction = matcher(element(statement, 'Action', 'NotAction'), true);
  const matchesResource = matcher(element(statement, 'Resource', 'NotResource'), false);
  const condition = compileCondition(statement.Condition ?? {}, refuse);
  const parts: Part[] = [
    ({ action, context }) => matchesAction(action, context),
    ({ resource, context }) => matchesResource(resource, context),
    ({ context }) => condition(context),
  ];
  return { effect, applies: (request) => all(parts, (part) => part(request)) };
}

interface Element {
  patterns: readonly string[];
  negated: boolean;
}

function element(statement: PolicyStatement, name: 'Action' | 'Resource', not: 'NotAction' | 'NotResource'): Element {
  const { [name]: positive, [not]: negative } = statement;
  const given = positive ?? negative;
  if (given === undefined || (positive !== undefined && negative !== undefined)) {
    throw malformed(statement, `exactly one of ${name} and ${not} is needed`);
  }
  const patterns: readonly unknown[] = Array.isArray(given) ? given : [given];
  for (const pattern of patterns) {
    if (typeof pattern !== 'string') {
      throw malformed(
        statement,
        `${name} must hold strings, not ${JSON.stringify(pattern)}: is a reference unresolved?`,
      );
    }
  }
  return { patterns: patterns as string[], negated: positive === undefined };
}

function matcher({ patterns, negated }: Element, ignoreCase: boolean): Pattern {
  const compiled = patterns.map((text) => pattern(text, { wildcards: 'any', ignoreCase }));
  return (value, context) => {
    const matched = any(compiled, (matches) => matches(value, context));
    return negated ? not(matched) : matched;
  };
}

function malformed(statement: PolicyStatement, fault: string): MalformedPolicyError {
  return new MalformedPolicyError(`Policy statement ${statement.Sid ?? JSON.stringify(statement)}: ${fault}.`);
}
