import fc from 'fast-check';
import { changesIn, clashes, type Edit, editOf, rebase } from '../../web/src/edit';
import type { Whole } from '../../web/src/tickets';

const base: Whole = {
  ...{ id: 'T', version: 1, title: 'As it was', description: null, status: 'OPEN', priority: 'LOW' },
  ...{
    tags: ['a', 'b'],
    assignee: null,
    requester: 'ann',
    commentCount: 0,
    noteCount: 0,
    createdAt: 'x',
    updatedAt: 'x',
  },
};

/** The same with what can be emptied. */
const full: Whole = { ...base, description: 'Words', assignee: 'bob' };
const bases = fc.constantFrom(base, full);

const texts = fc.constantFrom('As it was', 'Mine', 'Theirs');
const edit = fc.record({
  title: texts,
  description: fc.constantFrom('', 'Mine', 'Theirs'),
  priority: fc.constantFrom('LOW', 'HIGH', 'URGENT'),
  assignee: fc.constantFrom('', 'bob', 'carol'),
  tags: fc.subarray(['a', 'b', 'c', 'd']).map((tags) => tags.join(', ')),
  reason: fc.constant(''),
}) as fc.Arbitrary<Edit>;

/** The ticket as a form would leave it. */
function after(edit: Edit, before: Whole): Whole {
  const { addTags, removeTags, clear, ...fields } = changesIn(edit, before);
  const cleared = {
    ...(clear?.includes('DESCRIPTION') ? { description: null } : {}),
    ...(clear?.includes('ASSIGNEE') ? { assignee: null } : {}),
  };
  const tags = [...before.tags, ...(addTags ?? [])].filter((tag) => !removeTags?.includes(tag)).sort();
  return { ...before, ...(fields as Partial<Whole>), ...cleared, tags, version: before.version + 1 };
}

test('a form that was not touched changes nothing', () => {
  expect(changesIn(editOf(base), base)).toEqual({});
});

test('what a form changes makes the ticket what the form says', () => {
  fc.assert(
    fc.property(bases, edit, (base, mine) => {
      const { tags, ...fields } = editOf(after(mine, base));
      expect(fields).toEqual({ ...mine, tags: undefined });
      expect(tags.split(', ').sort()).toEqual(mine.tags.split(', ').sort());
    }),
  );
});

test('a field that is emptied is cleared, and one that is set is not', () => {
  expect(changesIn({ ...editOf(full), description: '', assignee: '' }, full)).toEqual({
    clear: ['DESCRIPTION', 'ASSIGNEE'],
  });
  expect(changesIn({ ...editOf(full), description: 'Others', assignee: '  ' }, full)).toEqual({
    description: 'Others',
    clear: ['ASSIGNEE'],
  });
});

test('two forms clash if one empties what the other rewrites', () => {
  const emptied = { ...editOf(full), description: '', assignee: '' };
  const theirs = after({ ...editOf(full), description: 'Better words', assignee: '' }, full);
  expect(clashes(emptied, full, theirs)).toEqual([
    { field: 'description', base: 'Words', mine: '', theirs: 'Better words' },
  ]);
});

test('tags are trimmed, lower case and once each', () => {
  expect(changesIn({ ...editOf(base), tags: ' A, c ,C,, ' }, base)).toEqual({ addTags: ['c'], removeTags: ['b'] });
});

test('of two forms nothing is lost: what one changed stands, where both did they clash', () => {
  fc.assert(
    fc.property(bases, edit, edit, (base, mine, others) => {
      const theirs = after(others, base);
      const found = clashes(mine, base, theirs);
      const together = after(rebase(mine, base, theirs), theirs);
      for (const field of ['title', 'description', 'priority', 'assignee'] as const) {
        const [was, is, wanted] = [editOf(base)[field], editOf(theirs)[field], mine[field]];
        const isClash = wanted !== was && is !== was && wanted !== is;
        expect(found.some((clash) => clash.field === field)).toBe(isClash);
        expect(editOf(together)[field]).toBe(wanted === was ? is : wanted);
      }
      // A tag that anybody added or took away is added or taken away.
      for (const tag of ['a', 'b', 'c', 'd']) {
        const before = base.tags.includes(tag);
        const changed = [mine, others].some(({ tags }) => tags.split(', ').includes(tag) !== before);
        expect(together.tags.includes(tag)).toBe(changed ? !before : before);
      }
    }),
  );
});
