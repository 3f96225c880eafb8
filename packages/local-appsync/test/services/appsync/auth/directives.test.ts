import { buildASTSchema, parse } from 'graphql';
import { FieldAuthorization, type FieldAuthorizationOptions } from '../../../../src/services/appsync/auth/directives';
import type { AuthMode, Caller } from '../../../../src/services/appsync/auth/types';

function schema(sdl: string) {
  return buildASTSchema(parse(sdl), { assumeValidSDL: true });
}

function caller(mode: AuthMode, more: Partial<Caller> = {}): Caller {
  return {
    mode,
    identity: null,
    groups: [],
    deniedFields: [],
    ...more,
  };
}

function member(...groups: string[]) {
  return caller('AMAZON_COGNITO_USER_POOLS', { groups });
}

const ALL: AuthMode[] = ['API_KEY', 'AWS_IAM', 'OPENID_CONNECT', 'AWS_LAMBDA', 'AMAZON_COGNITO_USER_POOLS'];

/** Which modes may read `Type.field`. */
function modesOf(sdl: string, coordinate: string, defaultMode: AuthMode = 'API_KEY'): AuthMode[] {
  const authorization = new FieldAuthorization(
    schema(sdl),
    defaultMode,
    ALL.filter((mode) => mode !== defaultMode),
  );
  const [type = '', field = ''] = coordinate.split('.');
  return ALL.filter((mode) => authorization.refusal(caller(mode), type, field) === null);
}

describe('the modes that a field is open to', () => {
  const SDL = `
    type Query {
      plain: Item
      key: Item @aws_api_key
      iam: Item @aws_iam
      oidc: Item @aws_oidc
      lambda: Item @aws_lambda
      pool: Item @aws_cognito_user_pools
      two: Item @aws_api_key @aws_iam
      old: Item @deprecated(reason: "use plain")
    }
    type Item { id: ID! }
    type Open @aws_iam @aws_oidc { inherited: ID  narrower: ID @aws_iam  other: ID @aws_lambda }
    type Mutation { put: Item  publish: Item @aws_iam }
    type Subscription { onPut: Item @aws_subscribe(mutations: ["put"])  onPublish: Item @aws_subscribe(mutations: ["publish"]) @aws_iam }
    extend type Query { added: Item @aws_iam }
    extend type Extended @aws_iam { late: ID }
    type Extended { early: ID }
    interface Node @aws_oidc { id: ID! }
  `;
  const cases: { field: string; modes: AuthMode[]; why: string }[] = [
    { field: 'Query.plain', modes: ['API_KEY'], why: 'no directive is the default mode' },
    { field: 'Query.key', modes: ['API_KEY'], why: '@aws_api_key' },
    { field: 'Query.iam', modes: ['AWS_IAM'], why: 'a directive leaves out the default mode' },
    { field: 'Query.oidc', modes: ['OPENID_CONNECT'], why: '@aws_oidc' },
    { field: 'Query.lambda', modes: ['AWS_LAMBDA'], why: '@aws_lambda' },
    { field: 'Query.pool', modes: ['AMAZON_COGNITO_USER_POOLS'], why: '@aws_cognito_user_pools' },
    { field: 'Query.two', modes: ['API_KEY', 'AWS_IAM'], why: 'directives add up' },
    { field: 'Query.old', modes: ['API_KEY'], why: 'other directives are none' },
    { field: 'Query.added', modes: ['AWS_IAM'], why: 'an extension has directives too' },
    { field: 'Open.inherited', modes: ['AWS_IAM', 'OPENID_CONNECT'], why: "the type's directives" },
    { field: 'Open.narrower', modes: ['AWS_IAM'], why: "a field's directives replace the type's" },
    { field: 'Open.other', modes: ['AWS_LAMBDA'], why: "a field's directives do not add to the type's" },
    { field: 'Item.id', modes: ['API_KEY'], why: 'an object is not open because the field that leads to it is' },
    { field: 'Mutation.put', modes: ['API_KEY'], why: 'the same goes for mutations' },
    { field: 'Mutation.publish', modes: ['AWS_IAM'], why: 'the same goes for mutations' },
    { field: 'Subscription.onPut', modes: ['API_KEY'], why: '@aws_subscribe is about something else' },
    { field: 'Subscription.onPublish', modes: ['AWS_IAM'], why: 'it may stand beside others' },
    { field: 'Extended.early', modes: ['AWS_IAM'], why: "an extension's directives are the type's" },
    { field: 'Extended.late', modes: ['AWS_IAM'], why: "an extension's directives are the type's" },
    { field: 'Node.id', modes: ['OPENID_CONNECT'], why: 'interfaces have fields as well' },
    { field: 'Query.unknown', modes: [], why: 'what is not there is closed' },
    { field: 'Nothing.id', modes: [], why: 'what is not there is closed' },
    { field: 'Query.__typename', modes: ALL, why: 'introspection is open' },
    { field: 'Item.__typename', modes: ALL, why: 'introspection is open' },
    { field: '__Schema.types', modes: ALL, why: 'introspection is open' },
  ];
  test.each(cases)('$field: $modes, since $why', ({ field, modes }) => {
    expect(modesOf(SDL, field)).toEqual(modes);
  });

  test.each(ALL)('without a directive it is the default one: %s', (mode) => {
    expect(modesOf('type Query { a: ID }', 'Query.a', mode)).toEqual([mode]);
  });
});

describe('groups', () => {
  const SDL = `
    type Query {
      any: ID @aws_cognito_user_pools
      one: ID @aws_cognito_user_pools(cognito_groups: ["agents"])
      lone: ID @aws_cognito_user_pools(cognito_groups: "agents")
      either: ID @aws_cognito_user_pools(cognito_groups: ["agents", "admins"])
      none: ID @aws_cognito_user_pools(cognito_groups: [])
      null: ID @aws_cognito_user_pools(cognito_groups: null)
      agentsOrKey: ID @aws_cognito_user_pools(cognito_groups: ["agents"]) @aws_api_key
    }
    type Secret @aws_cognito_user_pools(cognito_groups: ["admins"]) { inherited: ID  open: ID @aws_cognito_user_pools }
  `;
  const authorization = new FieldAuthorization(schema(SDL), 'AMAZON_COGNITO_USER_POOLS', ['API_KEY']);
  const cases: { who: Caller; field: string; may: boolean }[] = [
    { who: member(), field: 'Query.any', may: true },
    { who: member('agents'), field: 'Query.one', may: true },
    { who: member('admins', 'agents'), field: 'Query.one', may: true },
    { who: member('admins'), field: 'Query.one', may: false },
    { who: member('Agents'), field: 'Query.one', may: false },
    { who: member(), field: 'Query.one', may: false },
    { who: member('agents'), field: 'Query.lone', may: true },
    { who: member(), field: 'Query.lone', may: false },
    { who: member('admins'), field: 'Query.either', may: true },
    { who: member('guests'), field: 'Query.either', may: false },
    { who: member('agents'), field: 'Query.none', may: false },
    { who: member(), field: 'Query.null', may: true },
    { who: caller('API_KEY'), field: 'Query.agentsOrKey', may: true },
    { who: member('guests'), field: 'Query.agentsOrKey', may: false },
    { who: caller('API_KEY', { groups: ['agents'] }), field: 'Query.one', may: false },
    { who: member('agents'), field: 'Secret.inherited', may: false },
    { who: member('admins'), field: 'Secret.inherited', may: true },
    { who: member('agents'), field: 'Secret.open', may: true },
  ];
  test.each(cases)('$who.mode $who.groups on $field: $may', ({ who, field, may }) => {
    const [type = '', name = ''] = field.split('.');
    expect(authorization.refusal(who, type, name)).toBe(
      may ? null : `Not Authorized to access ${name} on type ${type}`,
    );
  });
});

describe('@aws_auth', () => {
  const SDL = 'type Query { a: ID @aws_auth(cognito_groups: ["agents"])  b: ID }';
  const refusalOf = (who: Caller, additional: AuthMode[], defaultMode: AuthMode = 'AMAZON_COGNITO_USER_POOLS') =>
    new FieldAuthorization(schema(SDL), defaultMode, additional).refusal(who, 'Query', 'a');

  test('it asks for a group where a user pool is the one mode', () => {
    expect(refusalOf(member('agents'), [])).toBeNull();
    expect(refusalOf(member('guests'), [])).toBe('Not Authorized to access a on type Query');
  });

  test('it means nothing beside additional modes', () => {
    expect(refusalOf(member('guests'), ['API_KEY'])).toBeNull();
    expect(refusalOf(caller('API_KEY'), ['API_KEY'])).toBe('Not Authorized to access a on type Query');
  });

  test('it means nothing where the one mode is another', () => {
    expect(refusalOf(caller('API_KEY'), [], 'API_KEY')).toBeNull();
  });
});

describe('the default action of a user pool', () => {
  const SDL =
    'type Query { bare: ID  agents: ID @aws_auth(cognito_groups: ["agents"])  named: ID @aws_cognito_user_pools }';
  const cases: { action?: 'ALLOW' | 'DENY'; open: string[] }[] = [
    { open: ['bare', 'agents', 'named'] },
    { action: 'ALLOW', open: ['bare', 'agents', 'named'] },
    { action: 'DENY', open: ['agents', 'named'] },
  ];
  test.each(cases)('$action leaves open $open', ({ action, open }) => {
    const options: FieldAuthorizationOptions = action ? { userPoolDefaultAction: action } : {};
    const authorization = new FieldAuthorization(schema(SDL), 'AMAZON_COGNITO_USER_POOLS', [], options);
    const fields = ['bare', 'agents', 'named'];
    expect(fields.filter((field) => authorization.refusal(member('agents'), 'Query', field) === null)).toEqual(open);
  });
});

describe('the fields that an authorizer denied', () => {
  const authorization = new FieldAuthorization(
    schema('type Query { a: ID  b: Sub }  type Sub { a: ID }'),
    'AWS_LAMBDA',
    [],
  );
  const ARN = 'arn:aws:appsync:us-east-1:123456789012:apis/abc/types/Query/fields/a';
  const cases: { denied: string[]; closed: string[] }[] = [
    { denied: [], closed: [] },
    { denied: ['Query.a'], closed: ['Query.a'] },
    { denied: [ARN], closed: ['Query.a'] },
    { denied: [ARN, 'Sub.a', 'Query.b'], closed: ['Query.a', 'Query.b', 'Sub.a'] },
    { denied: ['a', 'Query', 'query.a', 'Query.a.b', 'Query/a', ARN.slice(0, -1)], closed: [] },
  ];
  test.each(cases)('$denied closes $closed', ({ denied, closed }) => {
    const who = caller('AWS_LAMBDA', { deniedFields: denied });
    const isClosed = (coordinate: string) => {
      const [type = '', field = ''] = coordinate.split('.');
      return authorization.refusal(who, type, field) !== null;
    };
    expect(['Query.a', 'Query.b', 'Sub.a'].filter(isClosed)).toEqual(closed);
  });

  test('one caller is not taken for another', () => {
    expect(authorization.refusal(caller('AWS_LAMBDA', { deniedFields: ['Query.a'] }), 'Query', 'a')).toBe(
      'Not Authorized to access a on type Query',
    );
    expect(authorization.refusal(caller('AWS_LAMBDA', { deniedFields: ['Query.b'] }), 'Query', 'a')).toBeNull();
  });
});
