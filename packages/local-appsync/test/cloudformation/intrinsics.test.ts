import type { Template } from '../../src/cloudformation/assembly';
import { UnresolvableReference } from '../../src/cloudformation/intrinsics';
import { deploymentOf, evaluated, probe } from './deployments';

const template: Partial<Template> = {
  Parameters: {
    Stage: { Type: 'String', Default: 'dev' },
    Size: { Type: 'Number', Default: 3 },
    Zones: { Type: 'CommaDelimitedList', Default: 'a, b' },
    Secret: { Type: 'String' },
    FromSsm: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/a/name' },
  },
  Mappings: { Sizes: { dev: { memory: 128 }, 'us-east-1': { memory: 256 } } },
  Conditions: {
    IsDev: { 'Fn::Equals': [{ Ref: 'Stage' }, 'dev'] },
    IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] },
    Either: { 'Fn::Or': [{ Condition: 'IsDev' }, { Condition: 'IsProd' }] },
    Both: { 'Fn::And': [{ Condition: 'IsDev' }, { Condition: 'IsProd' }] },
    NotProd: { 'Fn::Not': [{ Condition: 'IsProd' }] },
  },
  Resources: {
    Table: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: { 'Fn::Sub': 'things-${Stage}' } } },
    Queue: { Type: 'AWS::SQS::Queue' },
    OnlyProd: { Type: 'AWS::SQS::Queue', Condition: 'IsProd' },
  },
};
const other: Partial<Template> = {
  Outputs: {
    Plain: { Value: 'exported', Export: { Name: 'plain' } },
    Named: { Value: { Ref: 'AWS::StackName' }, Export: { Name: { 'Fn::Sub': '${AWS::StackName}-name' } } },
    Never: { Value: 'never', Condition: 'Never', Export: { Name: 'never' } },
  },
  Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } },
};

const ARN = 'arn:aws:dynamodb:us-east-1:000000000000:table/things-dev';

function when(condition: string) {
  return { 'Fn::If': [condition, 'yes', 'no'] };
}

test.each<[string, unknown, unknown]>([
  ['a value without functions', { a: [1, 'x', null, true, { b: '' }] }, { a: [1, 'x', null, true, { b: '' }] }],
  ['Ref to a parameter', { Ref: 'Stage' }, 'dev'],
  ['Ref to a number', { Ref: 'Size' }, 3],
  ['Ref to a list', { Ref: 'Zones' }, ['a', 'b']],
  ['Ref to a resource', { Ref: 'Table' }, 'things-dev'],
  ['Ref to a queue', { Ref: 'Queue' }, 'http://127.0.0.1:4000/000000000000/Main-Queue'],
  ['Ref to the region', { Ref: 'AWS::Region' }, 'us-east-1'],
  ['Ref to the account', { Ref: 'AWS::AccountId' }, '000000000000'],
  ['Ref to the partition', { Ref: 'AWS::Partition' }, 'aws'],
  ['Ref to the suffix of addresses', { Ref: 'AWS::URLSuffix' }, 'amazonaws.com'],
  ['Ref to the stack', { Ref: 'AWS::StackName' }, 'Main'],
  ['Ref to no value, as a property', { a: { Ref: 'AWS::NoValue' }, b: 1 }, { b: 1 }],
  ['Ref to no value, in a list', [{ Ref: 'AWS::NoValue' }, 1], [1]],
  ['GetAtt as a list', { 'Fn::GetAtt': ['Table', 'Arn'] }, ARN],
  ['GetAtt as text', { 'Fn::GetAtt': 'Table.Arn' }, ARN],
  ['GetAtt of a queue', { 'Fn::GetAtt': ['Queue', 'QueueName'] }, 'Main-Queue'],
  ['ImportValue', { 'Fn::ImportValue': 'plain' }, 'exported'],
  [
    'ImportValue of a name that is computed',
    { 'Fn::ImportValue': { 'Fn::Join': ['-', ['Other1', 'name']] } },
    'Other1',
  ],
  ['Join', { 'Fn::Join': ['/', [{ Ref: 'Stage' }, 'x', { Ref: 'AWS::NoValue' }, 1]] }, 'dev/x/1'],
  ['Join of a list that a function gives', { 'Fn::Join': ['+', { Ref: 'Zones' }] }, 'a+b'],
  ['Sub', { 'Fn::Sub': '${Table}:${Table.Arn}:${AWS::Region}:${!Literal}' }, `things-dev:${ARN}:us-east-1:\${Literal}`],
  ['Sub with a map', { 'Fn::Sub': ['${a}-${Stage}', { a: { Ref: 'Size' } }] }, '3-dev'],
  ['Sub whose map hides a parameter', { 'Fn::Sub': ['${Stage}', { Stage: 'mine' }] }, 'mine'],
  ['Sub with an empty value', { 'Fn::Sub': ['[${a}]', { a: '' }] }, '[]'],
  ['Equals of a number and its text', { 'Fn::Equals': [{ Ref: 'Size' }, '3'] }, true],
  ['Equals of a boolean and its text', { 'Fn::Equals': [true, 'true'] }, true],
  ['Equals of texts in another case', { 'Fn::Equals': ['True', 'true'] }, false],
  ['Equals of lists', { 'Fn::Equals': [{ Ref: 'Zones' }, ['a', 'b']] }, true],
  ['Equals of lists in another order', { 'Fn::Equals': [{ Ref: 'Zones' }, ['b', 'a']] }, false],
  [
    'Equals of objects, in any order',
    {
      'Fn::Equals': [
        { a: 1, b: '2' },
        { b: 2, a: '1' },
      ],
    },
    true,
  ],
  ['Select', { 'Fn::Select': ['1', ['a', 'b']] }, 'b'],
  [
    'Select of what was split',
    { 'Fn::Select': [5, { 'Fn::Split': [':', { 'Fn::GetAtt': ['Table', 'Arn'] }] }] },
    'table/things-dev',
  ],
  ['Split', { 'Fn::Split': [',', 'a,,b'] }, ['a', '', 'b']],
  ['FindInMap', { 'Fn::FindInMap': ['Sizes', { Ref: 'Stage' }, 'memory'] }, 128],
  ['FindInMap by region', { 'Fn::FindInMap': ['Sizes', { Ref: 'AWS::Region' }, 'memory'] }, 256],
  ['FindInMap with a default', { 'Fn::FindInMap': ['Sizes', 'x', 'memory', { DefaultValue: { Ref: 'Size' } }] }, 3],
  ['If, when it holds', when('IsDev'), 'yes'],
  ['If, when it does not', when('IsProd'), 'no'],
  ['If without a value', { a: { 'Fn::If': ['IsProd', 1, { Ref: 'AWS::NoValue' }] } }, {}],
  ['If whose other branch refers to nothing', { 'Fn::If': ['IsProd', { Ref: 'OnlyProd' }, 'none'] }, 'none'],
  ['Or', when('Either'), 'yes'],
  ['And', when('Both'), 'no'],
  ['Not', when('NotProd'), 'yes'],
  ['Base64', { 'Fn::Base64': { Ref: 'Stage' } }, 'ZGV2'],
  ['GetAZs', { 'Fn::GetAZs': '' }, ['us-east-1a', 'us-east-1b', 'us-east-1c']],
  ['ToJsonString', { 'Fn::ToJsonString': { a: { Ref: 'Stage' } } }, '{"a":"dev"}'],
  ['Length', { 'Fn::Length': { Ref: 'Zones' } }, 2],
  ['a property that is called like a function', { Ref: 'Stage', other: 1 }, { Ref: 'Stage', other: 1 }],
])('%s', (_, value, expected) => {
  expect(evaluated(value, template, other)).toEqual(expected);
});

describe('an unresolvable reference is an error with its path', () => {
  const AT = 'Main.Probe.value';
  test.each<[string, unknown, string]>([
    ['Ref', { Ref: 'Nothing' }, `${AT}.Ref: there is no resource or parameter Nothing that has a value`],
    ['a name of every object', { Ref: 'toString' }, `${AT}.Ref: there is no resource or parameter toString`],
    ['a parameter without a value', { Ref: 'Secret' }, `${AT}.Ref: there is no resource or parameter Secret`],
    ['a parameter in SSM', { Ref: 'FromSsm' }, `${AT}.Ref: there is no resource or parameter FromSsm`],
    [
      'a resource that a condition leaves out',
      { Ref: 'OnlyProd' },
      `${AT}.Ref: there is no resource or parameter OnlyProd`,
    ],
    [
      'GetAtt',
      { 'Fn::GetAtt': ['Table', 'Colour'] },
      `${AT}.Fn::GetAtt: the attribute Colour of Table is not known locally`,
    ],
    [
      'ImportValue',
      { 'Fn::ImportValue': 'nothing' },
      `${AT}.Fn::ImportValue: no stack of this assembly exports nothing`,
    ],
    ['an export that a condition leaves out', { 'Fn::ImportValue': 'never' }, `${AT}.Fn::ImportValue: no stack`],
    ['Sub', { 'Fn::Sub': 'a ${Nothing}' }, `${AT}.Fn::Sub: \${Nothing} is not known locally`],
    ['Select', { 'Fn::Select': [7, ['a']] }, `${AT}.Fn::Select: there is no item 7`],
    [
      'FindInMap',
      { 'Fn::FindInMap': ['Sizes', 'x', 'y'] },
      `${AT}.Fn::FindInMap: there is no Sizes.x.y in the Mappings`,
    ],
    ['If', { 'Fn::If': ['Nothing', 1, 2] }, `${AT}.Fn::If: there is no condition Nothing`],
    ['Join of no list', { 'Fn::Join': [',', 'a'] }, `${AT}.Fn::Join: expected a list, got "a"`],
    [
      'a function that is not run',
      { 'Fn::Transform': {} },
      `${AT}: the function Fn::Transform is not supported locally`,
    ],
    [
      'a place deep within',
      { a: [{ b: { Ref: 'Nothing' } }] },
      `${AT}.a[0].b.Ref: there is no resource or parameter Nothing`,
    ],
  ])('%s', (_, value, message) => {
    expect(() => evaluated(value, template, other)).toThrow(UnresolvableReference);
    expect(() => evaluated(value, template, other)).toThrow(message);
  });

  test('names that depend on each other', () => {
    const table = (other: string) => ({ Type: 'AWS::DynamoDB::Table', Properties: { TableName: { Ref: other } } });
    const deployment = deploymentOf({
      Resources: { A: table('B'), B: table('A'), Probe: probe({ value: { Ref: 'A' } }) },
    });
    expect(() => deployment.resources('Test::Probe')).toThrow('Main.A: its name depends on itself');
  });
});
