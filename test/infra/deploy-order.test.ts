import { marshall } from '@aws-sdk/util-dynamodb';
import fc from 'fast-check';
import { EVENT_SCHEMA, type TicketEvent } from '../../domain/events';
import { readEvent } from '../../functions/project/decode';
import eventsOfSchema1 from '../domain/events-of-schema-1.json';
import { create, happened } from '../domain/specification';
import { before, type CloudFormation } from '../support/cloudformation';
import { stage } from '../support/stages';

const template = stage('prod').api.toJSON() as CloudFormation & {
  Resources: Record<string, { Type: string; Properties: { FieldName?: string; Name?: string } }>;
};

function idsOf(type: string, matches: (properties: { FieldName?: string; Name?: string }) => boolean = () => true) {
  const ids = Object.entries(template.Resources)
    .filter(([, { Type, Properties }]) => Type === type && matches(Properties ?? {}))
    .map(([id]) => id);
  expect(ids).not.toEqual([]);
  return ids;
}

/** Those of the second that CloudFormation replaces before each of the first, in every order that it may choose. */
function changedBefore(later: string[], ids: string[]) {
  return ids.filter((each) => later.every((id) => before(template, id).has(each)));
}

const schema = idsOf('AWS::AppSync::GraphQLSchema');
const publish = idsOf('AWS::AppSync::Resolver', ({ FieldName }) => FieldName === 'publishTicketChange');
const subscribe = idsOf('AWS::AppSync::Resolver', ({ FieldName }) => FieldName === 'onTicketChanged');
const projector = idsOf('AWS::Lambda::Function').filter((id) => id.startsWith('Projector'));
const follows = idsOf('AWS::Lambda::EventSourceMapping').filter((id) => id.startsWith('Projector'));
const append = idsOf('AWS::AppSync::FunctionConfiguration', ({ Name = '' }) => /^append\d+$/.test(Name));
const code = [...idsOf('AWS::AppSync::Resolver'), ...idsOf('AWS::AppSync::FunctionConfiguration')];

describe('a deployment replaces', () => {
  test('the schema and the resolver of publishTicketChange before the projector, which publishes by them', () => {
    expect(changedBefore(projector, [...schema, ...publish])).toEqual([...schema, ...publish]);
    expect(changedBefore(follows, [...schema, ...publish])).toEqual([...schema, ...publish]);
  });

  test('the projector before what writes events: none is too new for it', () => {
    expect(changedBefore(append, [...projector, ...follows])).toEqual([...projector, ...follows]);
  });

  test('the projector before what filters its changes: none lacks the audience that is asked for', () => {
    expect(changedBefore(subscribe, projector)).toEqual(projector);
  });

  test('everything that reads events before what writes them, and every command goes through that', () => {
    const commands = code.filter((id) => before(template, id).has(append[0]!));
    const isWrite = (id: string) => /Mutation(create|update|add|redact)/.test(id);
    expect(commands).toEqual(code.filter(isWrite));
    const readers = code.filter((id) => ![...append, ...commands, ...publish].includes(id) && !/Subscription/.test(id));
    expect(readers.length).toBeGreaterThan(10);
    expect(changedBefore(append, readers)).toEqual(readers);
  });

  test('at no moment does the projector, old or new, meet an event that it can not read', () => {
    const [created] = happened([create()]) as [TicketEvent];
    // The code before schema 2, which wrote such events and refused all others.
    const old = marshall(eventsOfSchema1[0]!);
    const seen = new Set<string>();
    fc.assert(
      fc.property(fc.shuffledSubarray(Object.keys(template.Resources)), (wishes) => {
        // Some have changed: with each, all that change before it.
        const changed = new Set(wishes.slice(0, 3).flatMap((id) => [id, ...before(template, id)]));
        const written = append.some((id) => changed.has(id)) ? marshall(created) : old;
        if (changed.has(projector[0]!)) {
          expect(readEvent(written).schema).toBe(EVENT_SCHEMA);
          seen.add(written === old ? 'new reads old' : 'new reads new');
        } else {
          expect(written).toBe(old);
          seen.add('old reads old');
        }
      }),
    );
    expect(seen.size).toBe(3);
  });
});
