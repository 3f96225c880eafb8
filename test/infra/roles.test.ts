import { readFileSync } from 'node:fs';
import { rolesOf, type Statement, stage } from '../support/stages';

const stages = ['dev', 'prod'] as const;
const deployed = { dev: stage('dev'), prod: stage('prod') };
const templates = stages.flatMap((name) => [deployed[name].data, deployed[name].api]);
const roles = templates.flatMap(rolesOf);

/** A resource of a statement in the words of the documentation, which must know each kind that there is. */
function inWords(resource: unknown): string {
  const text = JSON.stringify(resource);
  if (/"\/index\/by\w+"/.test(text)) {
    return 'its indexes';
  }
  if (text === '"*"') {
    return '*';
  }
  if (/Events\w+StreamArn/.test(text)) {
    return 'stream of events';
  }
  if (/GetAttEvents\w+Arn/.test(text)) {
    return 'events';
  }
  if (/GetAttView\w+Arn/.test(text)) {
    return 'view';
  }
  if (/ProjectorRefused/.test(text)) {
    return 'refused changes';
  }
  if (/DeadLetters/.test(text)) {
    return 'dead letters';
  }
  if (/LogsGroup|Logs[0-9A-F]{8}/.test(text)) {
    return 'its log group';
  }
  const [, type, field] = /\/types\/(\w+)\/fields\/(\w+)"/.exec(text) ?? [];
  if (field) {
    return `${type}.${field}`;
  }
  throw new Error(`no words for ${text}`);
}

function may(statement: Statement) {
  return [statement.Action].flat().sort();
}

/** The rows of the table in the documentation: role, actions, resources. */
function documented(): string[] {
  const table = readFileSync('docs/security.md', 'utf8').split('\n## Roles')[1]!.split('\n## ')[0]!;
  let role = '';
  return table
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .slice(1)
    .map((line) => {
      const [name, , actions, resources] = line.slice(1, -1).split('|') as [string, string, string, string];
      role = name.trim().replaceAll('`', '') || role;
      return `${role}: ${actions.trim().replaceAll('`', '')} on ${resources.trim()}`;
    });
}

test.each(stages)('on %s each role may do what the documentation says, and nothing else', (name) => {
  const { data, api } = deployed[name];
  const rights = [data, api].flatMap(rolesOf).flatMap(({ role, statements }) =>
    statements.map((statement) => {
      const resources = [...new Set([statement.Resource].flat().map(inWords))].join(', ');
      return `${role}: ${may(statement).join(' ')} on ${resources}`;
    }),
  );
  expect(rights.sort()).toEqual(documented().sort());
});

test('no role has a managed policy, which AWS may widen', () => {
  expect(roles.flatMap(({ managedPolicies }) => managedPolicies)).toEqual([]);
});

test('nobody is allowed to change or delete an event, in any statement of any policy', () => {
  const changing = /"(\*|dynamodb:(\*|Update\w*|Delete\w*|BatchWrite\w*|PartiQL\w*|Execute\w*))"/;
  const statements = templates.flatMap((template) => allStatements(template.toJSON()));
  const allowed = statements.filter(
    ({ Effect, Action }) => Effect === 'Allow' && changing.test(JSON.stringify(Action)),
  );
  expect(statements.length).toBeGreaterThan(roles.length);
  expect(allowed).toEqual([]);
});

test.each(stages)('on %s the table of the events denies it to everybody, whatever else they may', (name) => {
  deployed[name].data.hasResourceProperties('AWS::DynamoDB::GlobalTable', {
    KeySchema: [{ AttributeName: 'ticketId' }, { AttributeName: 'version' }],
    Replicas: [
      {
        ResourcePolicy: {
          PolicyDocument: {
            Statement: [
              {
                Effect: 'Deny',
                Principal: { AWS: '*' },
                Action: [
                  'dynamodb:BatchWriteItem',
                  'dynamodb:DeleteItem',
                  'dynamodb:DeleteTable',
                  'dynamodb:PartiQLDelete',
                  'dynamodb:PartiQLInsert',
                  'dynamodb:PartiQLUpdate',
                  'dynamodb:UpdateItem',
                  'dynamodb:UpdateTimeToLive',
                ],
                Resource: '*',
              },
            ],
          },
        },
      },
    ],
  });
});

/** Every policy statement anywhere in a template: of roles, policies, tables, queues, topics. */
function allStatements(value: unknown): Statement[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  const { Effect, Action } = value as Partial<Statement>;
  const own = Effect !== undefined && Action !== undefined ? [value as Statement] : [];
  return [...own, ...Object.values(value).flatMap(allStatements)];
}
