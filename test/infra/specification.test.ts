import type { CloudFormation } from '../support/cloudformation';
import { checkTemplate } from '../support/resource-specification';
import { stage, withSettings } from '../support/stages';

/** A template of one resource and what refers to it. */
function template(Type: string, Properties: Record<string, unknown>, attribute = 'Arn'): CloudFormation {
  return {
    Resources: { It: { Type, Properties } },
    Outputs: { Its: { Value: { 'Fn::GetAtt': ['It', attribute] } } },
  };
}

test.each(['dev', 'prod'] as const)('every template of %s is as AWS specifies its resources', (name) => {
  const { data, api, desk } = stage(name, withSettings(name, { desk: true }));
  const checked = [data, api, desk!].map((each) => checkTemplate(each.toJSON() as CloudFormation));
  expect(checked.flatMap(({ faults }) => faults)).toEqual([]);
  expect(checked.reduce((sum, { properties }) => sum + properties, 0)).toBeGreaterThan(700);
});

test.each<[string, CloudFormation, string]>([
  ['a type', template('AWS::SQS::Que', {}), 'It: there is no AWS::SQS::Que'],
  ['a property', template('AWS::SQS::Queue', { Delay: 1 }), 'It (AWS::SQS::Queue): there is no property Delay'],
  [
    'a property of a property',
    template('AWS::Lambda::Function', { Code: { Bucket: 'b' }, Role: 'r' }),
    'It (AWS::Lambda::Function)/Code: there is no property Bucket',
  ],
  [
    'a property that must be there',
    template('AWS::Lambda::Function', { Role: 'r' }),
    'It (AWS::Lambda::Function): Code is missing',
  ],
  [
    'a type of value',
    template('AWS::SQS::Queue', { DelaySeconds: 'long' }),
    'It (AWS::SQS::Queue)/DelaySeconds: "long" is no integer',
  ],
  [
    'an allowed value',
    template('AWS::Lambda::Function', { Code: {}, Role: 'r', TracingConfig: { Mode: 'Sometimes' } }),
    'It (AWS::Lambda::Function)/TracingConfig/Mode: "Sometimes" is none of Active, PassThrough',
  ],
  [
    'an attribute',
    template('AWS::SQS::Queue', {}, 'Size'),
    '/Outputs/Its/Value: It (AWS::SQS::Queue) has no attribute Size',
  ],
])('the check finds %s that AWS does not know', (_, wrong, fault) => {
  expect(checkTemplate(wrong).faults).toContain(fault);
});
