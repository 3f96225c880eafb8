import {
  type ConstDirectiveNode,
  type GraphQLField,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isInterfaceType,
  isObjectType,
  valueFromASTUntyped,
} from 'graphql';
import type { AuthMode, Caller } from './types';

/** The message of a field error of type `Unauthorized`. */
export function notAuthorized(typeName: string, fieldName: string): string {
  return `Not Authorized to access ${fieldName} on type ${typeName}`;
}

export interface FieldAuthorizationOptions {
  /** `UserPoolConfig.DefaultAction` of the default mode: DENY closes what no directive opens. Default `ALLOW`. */
  userPoolDefaultAction?: 'ALLOW' | 'DENY';
}

/** Which modes may pass: `null` any caller of the mode, a list only members of one of these groups. */
type Rule = ReadonlyMap<AuthMode, readonly string[] | null>;

interface GuardedField {
  /** `Type.field` */
  coordinate: string;
  rule: Rule;
  refusal: string;
}

const MODE_OF: Readonly<Record<string, AuthMode>> = {
  aws_api_key: 'API_KEY',
  aws_iam: 'AWS_IAM',
  aws_oidc: 'OPENID_CONNECT',
  aws_lambda: 'AWS_LAMBDA',
  aws_cognito_user_pools: 'AMAZON_COGNITO_USER_POOLS',
};

/**
 * Who may read which field, from the schema's directives. A field's directives replace its type's; with
 * neither, only the default mode passes. `@aws_auth` counts only while a user pool is the one mode.
 *
 * Everything is worked out at the start: it is asked for each field of each object of an answer.
 * Source: https://docs.aws.amazon.com/appsync/latest/devguide/security-authz.html
 */
export class FieldAuthorization {
  private readonly fields = new Map<string, Map<string, GuardedField>>();
  private readonly denied = new WeakMap<Caller, ReadonlySet<string>>();

  constructor(
    schema: GraphQLSchema,
    defaultMode: AuthMode,
    additionalModes: readonly AuthMode[],
    options: FieldAuthorizationOptions = {},
  ) {
    const awsAuth = defaultMode === 'AMAZON_COGNITO_USER_POOLS' && additionalModes.length === 0;
    const closed = defaultMode === 'AMAZON_COGNITO_USER_POOLS' && options.userPoolDefaultAction === 'DENY';
    const fallback: Rule = new Map([[defaultMode, closed ? [] : null]]);

    for (const type of Object.values(schema.getTypeMap())) {
      if (!isObjectType(type) && !isInterfaceType(type)) {
        continue;
      }
      if (type.name.startsWith('__')) {
        continue;
      }
      const ofType = ruleOf(directivesOfType(type), awsAuth) ?? fallback;
      const guarded = Object.values(type.getFields()).map((field) => guard(type, field, ofType, awsAuth));
      this.fields.set(type.name, new Map(guarded));
    }
  }

  /**
   * Null when the caller may read the field, else the message of the error to answer with. Introspection is
   * open to whoever got this far; a field that the schema does not have is closed to all.
   */
  refusal(caller: Caller, typeName: string, fieldName: string): string | null {
    const field = this.fields.get(typeName)?.get(fieldName);
    if (!field) {
      return fieldName.startsWith('__') || typeName.startsWith('__') ? null : notAuthorized(typeName, fieldName);
    }
    const groups = field.rule.get(caller.mode);
    if (groups === undefined) {
      return field.refusal;
    }
    if (groups !== null && !groups.some((group) => caller.groups.includes(group))) {
      return field.refusal;
    }
    if (caller.deniedFields.length > 0 && this.deniedTo(caller).has(field.coordinate)) {
      return field.refusal;
    }
    return null;
  }

  private deniedTo(caller: Caller): ReadonlySet<string> {
    let denied = this.denied.get(caller);
    if (!denied) {
      denied = new Set(caller.deniedFields.map(coordinateOf));
      this.denied.set(caller, denied);
    }
    return denied;
  }
}

/** `arn:aws:appsync:…:apis/id/types/Type/fields/field` as `Type.field`; what is short already stays. */
export function coordinateOf(deniedField: string): string {
  const match = /^arn:.*\/types\/([^/]+)\/fields\/([^/]+)$/.exec(deniedField);
  return match ? `${match[1]}.${match[2]}` : deniedField;
}

function guard(
  type: GraphQLObjectType | GraphQLInterfaceType,
  field: GraphQLField<unknown, unknown>,
  ofType: Rule,
  awsAuth: boolean,
): [string, GuardedField] {
  const rule = ruleOf(field.astNode?.directives ?? [], awsAuth) ?? ofType;
  return [
    field.name,
    { coordinate: `${type.name}.${field.name}`, rule, refusal: notAuthorized(type.name, field.name) },
  ];
}

function directivesOfType(type: GraphQLObjectType | GraphQLInterfaceType): ConstDirectiveNode[] {
  return [type.astNode, ...type.extensionASTNodes].flatMap((node) => [...(node?.directives ?? [])]);
}

/** Undefined when none of the directives is about authorization. */
function ruleOf(directives: readonly ConstDirectiveNode[], awsAuth: boolean): Rule | undefined {
  const rule = new Map<AuthMode, readonly string[] | null>();
  for (const directive of directives) {
    const name = directive.name.value;
    const mode = name === 'aws_auth' && awsAuth ? 'AMAZON_COGNITO_USER_POOLS' : MODE_OF[name];
    if (mode) {
      rule.set(mode, groupsOf(directive));
    }
  }
  return rule.size > 0 ? rule : undefined;
}

function groupsOf(directive: ConstDirectiveNode): string[] | null {
  const argument = directive.arguments?.find(({ name }) => name.value === 'cognito_groups');
  const value: unknown = argument ? valueFromASTUntyped(argument.value) : null;
  if (value === null || value === undefined) {
    return null;
  }
  // GraphQL reads a lone value as a list of one.
  return (Array.isArray(value) ? value : [value]).map(String);
}
