import fc from 'fast-check';
import { type DraftsParts, Drafts, draftOf } from '../../web/src/drafts/drafts';
import { FakeBrowser, FakeTab } from './support/tabs';

/** A browser in which tabs are opened, reloaded and closed. */
class Tabs {
  readonly browser = new FakeBrowser();
  readonly open = new Set<string>();

  start(tab: string, change: Partial<DraftsParts> = {}): Drafts {
    this.open.add(tab);
    const { shelf, lock } = new FakeTab(this.browser);
    return new Drafts({
      user: 'alice',
      tab,
      shelf,
      lock,
      isOpen: (other) => Promise.resolve(this.open.has(other)),
      ...change,
    });
  }
}

const COMMENT = draftOf('comment', 'T');

test('what is typed is there after a reload', () => {
  const tabs = new Tabs();
  tabs.start('a').put(COMMENT, { body: 'Typed' });
  expect(tabs.start('a').get(COMMENT)).toMatchObject({ value: { body: 'Typed' } });
});

test('what one tab sends or throws away is not thrown away in another, nor of another person', () => {
  const tabs = new Tabs();
  const drafts = [tabs.start('a'), tabs.start('b'), tabs.start('a', { user: 'bob' })];
  drafts.forEach((drafts, i) => drafts.put(COMMENT, { body: `Typed ${i}` }));
  drafts[0]!.clear(COMMENT);
  expect(drafts.map((drafts) => drafts.get<{ body: string }>(COMMENT)?.value.body)).toEqual([
    undefined,
    'Typed 1',
    'Typed 2',
  ]);
});

test('what was thrown away can be put back', () => {
  const drafts = new Tabs().start('a');
  drafts.put(COMMENT, { body: 'Typed' });
  const cleared = drafts.clear(COMMENT);
  expect(drafts.get(COMMENT)).toBeNull();
  drafts.put(COMMENT, cleared!.value);
  expect(drafts.get(COMMENT)).toMatchObject({ value: { body: 'Typed' } });
});

test('a text that the browser has no room for stays on the page, which says so', () => {
  const tabs = new Tabs();
  const { shelf } = new FakeTab(tabs.browser);
  const drafts = tabs.start('a', {
    shelf: {
      ...shelf,
      write: () => {
        throw new Error('QuotaExceededError');
      },
    },
  });
  drafts.put(COMMENT, { body: 'Typed' });
  expect(drafts.get(COMMENT)).toMatchObject({ value: { body: 'Typed' } });
  expect(drafts.state().isFull).toBe(true);
});

type Step = { what: 'type' | 'clear' | 'close' | 'open' | 'reload' | 'adopt'; tab: string; name: string };

test('whatever tabs do, what is typed is in one of them or left for the next, until it is cleared there', async () => {
  const steps = fc.array(
    fc.record<Step>({
      what: fc.constantFrom('type', 'clear', 'close', 'open', 'reload', 'adopt'),
      tab: fc.constantFrom('a', 'b', 'c'),
      name: fc.constantFrom(COMMENT, draftOf('edit', 'with/slash')),
    }),
    { maxLength: 40 },
  );
  await fc.assert(
    fc.asyncProperty(steps, async (steps) => {
      const tabs = new Tabs();
      const open = new Map<string, Drafts>([['a', tabs.start('a')]]);
      const expected = new Set<string>();
      const forget = (text?: unknown) => expected.delete(String(text));
      for (const [i, { what, tab, name }] of steps.entries()) {
        const drafts = open.get(tab);
        if (what === 'open' || what === 'reload') {
          open.set(tab, tabs.start(tab));
        } else if (what === 'type' && drafts) {
          forget(drafts.get(name)?.value);
          drafts.put(name, `Text ${i}`);
          expected.add(`Text ${i}`);
        } else if (what === 'clear' && drafts) {
          forget(drafts.clear(name)?.value);
        } else if (what === 'adopt') {
          await drafts?.adopt();
        } else if (what === 'close') {
          open.delete(tab);
          tabs.open.delete(tab);
        }
      }
      const kept = tabs.browser.kept<{ value: string }>('desk.draft.alice/').map(({ value }) => value);
      expect(kept.sort()).toEqual([...expected].sort());
    }),
  );
});
