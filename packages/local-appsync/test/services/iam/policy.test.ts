import fc from 'fast-check';
import { MalformedPolicyError, Policies, type PolicyStatement } from '../../../src/services/iam/policy';
import type { ContextKeys } from '../../../src/services/iam/request-context';

const TABLE = 'arn:aws:dynamodb:us-east-1:123456789012:table/Events';
const FIELD = 'arn:aws:appsync:us-east-1:123456789012:apis/abc/types/Mutation/fields/publish';
const TABLE_OF_TEAM = 'arn:aws:dynamodb:us-east-1:123456789012:table/${aws:PrincipalTag/team}';
const TLS = { Bool: { 'aws:SecureTransport': 'true' } };
const LOOPBACK = { IpAddress: { 'aws:SourceIp': '127.0.0.0/8' } };

interface Case {
  name: string;
  statements: PolicyStatement[];
  action?: string;
  resource?: string;
  principal?: ContextKeys;
  request?: ContextKeys;
  allowed: boolean;
}

function allow(more: Partial<PolicyStatement> = {}): PolicyStatement {
  return {
    Effect: 'Allow',
    Action: 'dynamodb:PutItem',
    Resource: TABLE,
    ...more,
  };
}

function deny(more: Partial<PolicyStatement> = {}): PolicyStatement {
  return allow({ Effect: 'Deny', ...more });
}

const cases: Case[] = [
  { name: 'nothing is allowed without a statement', statements: [], allowed: false },
  { name: 'what a statement names is allowed', statements: [allow()], allowed: true },
  { name: 'another action is not', statements: [allow()], action: 'dynamodb:DeleteItem', allowed: false },
  { name: 'another resource is not', statements: [allow()], resource: `${TABLE}2`, allowed: false },
  {
    name: 'the end of a resource is not the resource',
    statements: [allow({ Resource: 'table/Events' })],
    allowed: false,
  },
  {
    name: 'one of several actions is enough',
    statements: [allow({ Action: ['dynamodb:Query', 'dynamodb:PutItem'] })],
    allowed: true,
  },
  {
    name: 'one of several resources is enough',
    statements: [allow({ Resource: [`${TABLE}/index/*`, TABLE] })],
    allowed: true,
  },
  { name: 'one of several statements is enough', statements: [allow({ Action: 's3:*' }), allow()], allowed: true },
  {
    name: 'action and resource of two statements do not add up',
    statements: [allow({ Action: 's3:*' }), allow({ Resource: 'x' })],
    allowed: false,
  },
  {
    name: 'actions are compared without regard to case',
    statements: [allow({ Action: 'DynamoDB:putitem' })],
    allowed: true,
  },
  {
    name: 'resources are compared with regard to case',
    statements: [allow({ Resource: TABLE.replace('Events', 'events') })],
    allowed: false,
  },
  { name: 'a star ends an action', statements: [allow({ Action: 'dynamodb:Put*' })], allowed: true },
  {
    name: 'a star does not reach another service',
    statements: [allow({ Action: 'dynamodb:*' })],
    action: 'sqs:SendMessage',
    allowed: false,
  },
  { name: 'a star alone is everything', statements: [allow({ Action: '*', Resource: '*' })], allowed: true },
  {
    name: 'a question mark is one character',
    statements: [allow({ Resource: TABLE.replace('E', '?') })],
    allowed: true,
  },
  { name: 'a question mark is not nothing', statements: [allow({ Resource: `${TABLE}?` })], allowed: false },
  { name: 'a dot is a dot', statements: [allow({ Action: 'dynamodb.PutItem' })], allowed: false },
  {
    name: 'a star goes across slashes',
    statements: [allow({ Action: 'appsync:GraphQL', Resource: FIELD.replace(/types.*/, '*') })],
    action: 'appsync:graphql',
    resource: FIELD,
    allowed: true,
  },
  {
    name: 'NotAction allows all but the action',
    statements: [allow({ Action: undefined, NotAction: 'iam:*' })],
    allowed: true,
  },
  {
    name: 'NotAction does not allow the action',
    statements: [allow({ Action: undefined, NotAction: ['dynamodb:*'] })],
    allowed: false,
  },
  {
    name: 'NotResource allows all but the resource',
    statements: [allow({ Resource: undefined, NotResource: `${TABLE}2` })],
    allowed: true,
  },
  {
    name: 'NotResource does not allow the resource',
    statements: [allow({ Resource: undefined, NotResource: TABLE })],
    allowed: false,
  },
  { name: 'a Deny wins over an Allow before it', statements: [allow(), deny()], allowed: false },
  { name: 'a Deny wins over an Allow after it', statements: [deny(), allow()], allowed: false },
  {
    name: 'a Deny of something else changes nothing',
    statements: [deny({ Resource: `${TABLE}2` }), allow()],
    allowed: true,
  },
  {
    name: 'a Deny with NotResource spares the resource',
    statements: [allow(), deny({ Resource: undefined, NotResource: TABLE })],
    allowed: true,
  },
  {
    name: 'an Allow whose condition holds counts',
    statements: [allow({ Condition: TLS })],
    principal: { 'aws:SecureTransport': 'true' },
    allowed: true,
  },
  {
    name: 'an Allow whose condition fails does not',
    statements: [allow({ Condition: TLS })],
    principal: { 'aws:SecureTransport': 'false' },
    allowed: false,
  },
  {
    name: 'nor does an Allow whose condition depends on what is unknown',
    statements: [allow({ Condition: TLS })],
    allowed: false,
  },
  {
    name: 'a Deny whose condition holds counts',
    statements: [allow(), deny({ Condition: TLS })],
    principal: { 'aws:SecureTransport': 'true' },
    allowed: false,
  },
  {
    name: 'a Deny whose condition fails does not',
    statements: [allow(), deny({ Condition: TLS })],
    principal: { 'aws:SecureTransport': 'false' },
    allowed: true,
  },
  {
    name: 'but a Deny whose condition depends on what is unknown does',
    statements: [allow(), deny({ Condition: TLS })],
    allowed: false,
  },
  {
    name: 'a Deny whose condition holds spares another resource',
    statements: [allow(), deny({ Resource: `${TABLE}2`, Condition: TLS })],
    principal: { 'aws:SecureTransport': 'true' },
    allowed: true,
  },
  {
    name: 'a condition may be on a key of the request',
    statements: [allow({ Condition: LOOPBACK })],
    request: { 'aws:SourceIp': '127.0.0.1' },
    allowed: true,
  },
  {
    name: 'what a request says of a key counts more than what is known of the principal',
    statements: [allow({ Condition: LOOPBACK })],
    principal: { 'aws:SourceIp': '127.0.0.1' },
    request: { 'aws:SourceIp': '10.0.0.1' },
    allowed: false,
  },
  { name: 'an empty condition is none', statements: [allow({ Condition: {} })], allowed: true },
  {
    name: 'a policy variable has its value from the principal',
    statements: [allow({ Resource: TABLE_OF_TEAM })],
    principal: { 'aws:PrincipalTag/team': 'Events' },
    allowed: true,
  },
  {
    name: 'a policy variable of another value is another resource',
    statements: [allow({ Resource: TABLE_OF_TEAM })],
    principal: { 'aws:PrincipalTag/team': 'Other' },
    allowed: false,
  },
  {
    name: 'an Allow with an unknown policy variable does not count',
    statements: [allow({ Resource: TABLE_OF_TEAM })],
    allowed: false,
  },
  {
    name: 'an Allow with an unknown policy variable counts for what else it names',
    statements: [allow({ Resource: [TABLE, TABLE_OF_TEAM] })],
    allowed: true,
  },
  {
    name: 'a Deny with an unknown policy variable covers each resource that it may name',
    statements: [allow(), deny({ Resource: TABLE_OF_TEAM })],
    allowed: false,
  },
  {
    name: 'a Deny with an unknown policy variable spares what it cannot name',
    statements: [allow(), deny({ Resource: 'arn:aws:s3:::${aws:username}' })],
    allowed: true,
  },
  {
    name: 'a Deny of all but an unknown policy variable counts',
    statements: [allow(), deny({ Resource: undefined, NotResource: TABLE_OF_TEAM })],
    allowed: false,
  },
];

describe('Policies', () => {
  test.each(cases)('$name', ({ statements, action = 'dynamodb:PutItem', resource = TABLE, allowed, ...context }) => {
    expect(new Policies(statements, context.principal).allows(action, resource, context.request)).toBe(allowed);
  });

  const malformed: { name: string; statement: PolicyStatement; fault: RegExp }[] = [
    {
      name: 'an unknown effect',
      statement: allow({ Effect: 'allow' }),
      fault: /Effect must be "Allow" or "Deny", not "allow"/,
    },
    { name: 'no action', statement: allow({ Action: undefined }), fault: /exactly one of Action and NotAction/ },
    {
      name: 'both kinds of resource',
      statement: allow({ NotResource: '*' }),
      fault: /exactly one of Resource and NotResource/,
    },
    {
      name: 'a reference left in',
      statement: allow({ Resource: [{ Ref: 'Table' }] as unknown as string[] }),
      fault: /unresolved/,
    },
    {
      name: 'an unknown operator in a condition',
      statement: allow({ Condition: { StringSame: { 'aws:username': 'ann' } } }),
      fault: /there is no condition operator StringSame/,
    },
  ];
  test.each(malformed)('$name is refused at once', ({ statement, fault }) => {
    const build = () => new Policies([statement]);
    expect(build).toThrow(MalformedPolicyError);
    expect(build).toThrow(fault);
  });

  test('the statement at fault is named by its Sid', () => {
    expect(() => new Policies([allow(), allow({ Sid: 'Second', Effect: 'Maybe' })])).toThrow(/statement Second:/);
  });

  test('wildcards match what a naive matcher matches', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', ':', '/', '.', '\n', '['), maxLength: 8 });
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', ':', '/', '.', '*', '?', '['), maxLength: 8 });
    fc.assert(
      fc.property(pattern, text, (resource, value) => {
        const policies = new Policies([{ Effect: 'Allow', Action: '*', Resource: resource }]);
        expect(policies.allows('any:Thing', value)).toBe(naiveMatch(resource, value));
      }),
      { numRuns: 2000 },
    );
  });

  test('a pattern matches the text that it was made from', () => {
    const piece = fc.string({ maxLength: 6 }).map((text) => text.replaceAll('${', ''));
    fc.assert(
      fc.property(piece, piece, piece, (start, middle, end) => {
        const pattern = `${start}*${end}`;
        fc.pre(!pattern.includes('${'));
        const policies = new Policies([{ Effect: 'Allow', Action: '*', Resource: pattern }]);
        // In the pattern a star or question mark of the text is a wildcard, and matches itself.
        expect(policies.allows('any:Thing', `${start}${middle}${end}`)).toBe(true);
      }),
    );
  });

  test('a pattern of many stars is decided at once', () => {
    const policies = new Policies([{ Effect: 'Allow', Action: '*', Resource: `${'*'.repeat(40)}x` }]);
    expect(policies.allows('any:Thing', 'a'.repeat(5000))).toBe(false);
  });
});

function naiveMatch(pattern: string, text: string): boolean {
  if (pattern === '') {
    return text === '';
  }
  const rest = pattern.slice(1);
  if (pattern[0] === '*') {
    return naiveMatch(rest, text) || (text !== '' && naiveMatch(pattern, text.slice(1)));
  }
  return text !== '' && (pattern[0] === '?' || pattern[0] === text[0]) && naiveMatch(rest, text.slice(1));
}
