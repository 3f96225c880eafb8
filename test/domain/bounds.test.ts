import type { ClearableField, TicketCommand } from '../../domain/commands';
import { brokenRule, brokenSize } from '../../domain/rules';
import { brokenFilter } from '../../domain/listing';
import { comment, create, update } from './specification';

/** A text or list of a million, of which nothing can be read but its length: counts work, not time. */
function huge(): unknown {
  const refuse = (_: object, name: string | symbol) => {
    if (name !== 'length') {
      throw new Error(`read ${String(name)} of a huge argument`);
    }
    return 1_000_000;
  };
  return new Proxy({}, { get: refuse });
}

const text = huge() as string;
const list = huge() as string[];
const fields = huge() as ClearableField[];

/** Every text and list that a command can bring. */
const commands: [field: string, TicketCommand][] = [
  ...[create({ commandId: text }), update({ commandId: text }), comment({ commandId: text })].map(
    (command): [string, TicketCommand] => ['commandId', command],
  ),
  ...[create({ ticketId: text }), update({ ticketId: text }), comment({ ticketId: text })].map(
    (command): [string, TicketCommand] => ['id', command],
  ),
  ['title', create({ title: text })],
  ['description', create({ description: text })],
  ['assignee', create({ assignee: text })],
  ['tags', create({ tags: list })],
  ['tags', create({ tags: ['short', text] })],
  ['title', update({ title: text })],
  ['description', update({ description: text })],
  ['assignee', update({ assignee: text })],
  ['reason', update({ reason: text })],
  ['clear', update({ clear: fields })],
  ['addTags', update({ addTags: list })],
  ['addTags', update({ addTags: [text] })],
  ['removeTags', update({ removeTags: list })],
  ['removeTags', update({ removeTags: [text] })],
  ['body', comment({ body: text })],
];

function refusal(field: string) {
  return { type: 'ValidationError', info: { field, rule: expect.any(String) as string } };
}

describe('of an argument of a million nothing is read but its length', () => {
  test.each(commands)('%s of a command: %#', (field, command) => {
    expect(brokenSize(command)).toMatchObject(refusal(field));
    expect(brokenRule(command)).toMatchObject(refusal(field));
  });

  test.each(['assignee', 'requester', 'tag', 'titleContains', 'updatedSince'])('%s of a filter', (field) => {
    expect(brokenFilter({ [field]: text })).toMatchObject(refusal(field));
  });

  test('all of them at once: the first is told', () => {
    const all = { title: text, description: text, addTags: list };
    expect(brokenRule(update({ ...all, removeTags: list }))).toMatchObject(refusal('title'));
  });
});
