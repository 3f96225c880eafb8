import { StartError } from '../../shared/start-error';

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
 * What depends on the request beyond action and resource is not evaluated: a `Condition`, and a resource
 * with a policy variable (`${aws:username}`). Such a Deny applies always and such an Allow never, so that
 * what passes here passes on AWS, but not always the other way round.
 *
 * Not seen here: resource policies, permission boundaries, session and organization policies.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export class Policies {
  private readonly allowing: readonly CompiledStatement[];
  private readonly denying: readonly CompiledStatement[];

  /** @throws MalformedPolicyError for a statement that IAM would refuse. */
  constructor(statements: readonly PolicyStatement[]) {
    const compiled = statements.map(compile);
    // An undecidable Allow is as good as none.
    this.allowing = compiled.filter((statement) => statement.effect === 'Allow' && statement.decidable);
    this.denying = compiled.filter((statement) => statement.effect === 'Deny');
  }

  /** May the principal do `action` (`appsync:GraphQL`) on `resource` (an ARN, or `*`)? */
  allows(action: string, resource: string): boolean {
    const applies = (statement: CompiledStatement) => statement.action(action) && statement.resource(resource);
    return this.allowing.some(applies) && !this.denying.some(applies);
  }
}

type Matcher = (value: string) => boolean;

interface CompiledStatement {
  effect: 'Allow' | 'Deny';
  decidable: boolean;
  action: Matcher;
  resource: Matcher;
}

function compile(statement: PolicyStatement): CompiledStatement {
  const { Effect: effect } = statement;
  if (effect !== 'Allow' && effect !== 'Deny') {
    throw malformed(statement, `Effect must be "Allow" or "Deny", not ${JSON.stringify(effect)}`);
  }
  const resources = element(statement, 'Resource', 'NotResource');
  const hasVariables = resources.patterns.some((pattern) => pattern.includes('${'));
  const conditions = Object.keys(statement.Condition ?? {}).length;
  return {
    effect,
    decidable: conditions === 0 && !hasVariables,
    action: matcher(element(statement, 'Action', 'NotAction'), 'si'),
    // Which resources a variable stands for is unknown, so a Deny with one covers all.
    resource: hasVariables ? () => true : matcher(resources, 's'),
  };
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

function matcher({ patterns, negated }: Element, flags: string): Matcher {
  const expressions = patterns.map((pattern) => new RegExp(`^${wildcard(pattern)}$`, flags));
  return (value) => expressions.some((expression) => expression.test(value)) !== negated;
}

/** A run of stars is one star: no needless backtracking. */
function wildcard(pattern: string): string {
  return pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*+/g, '.*')
    .replace(/\?/g, '.');
}

function malformed(statement: PolicyStatement, fault: string): MalformedPolicyError {
  return new MalformedPolicyError(`Policy statement ${statement.Sid ?? JSON.stringify(statement)}: ${fault}.`);
}
