import fc from 'fast-check';
import type { SemanticsName } from 'local-appsync/appsync-js';
import type { TicketCommand } from '../../domain/commands';
import { IGNORABLE } from '../../domain/invisible';
import { normalizeTag } from '../../domain/rules';
import { type ListedTicket, ticketRow } from '../../domain/view';
import { create, happened } from '../domain/specification';
import { Reading } from './support/modes';

describe.each<SemanticsName>(['appsync', 'strictest', 'ecmascript'])('in %s', (semantics) => {
  const reading = new Reading(semantics);
  const accepted = (mutation: string, input: Record<string, unknown>) => {
    const { outcome, stash } = reading.evaluate(mutation, 'request', { arguments: { input } });
    return { refusal: outcome.kind === 'error' ? outcome.error : null, command: stash.command as TicketCommand };
  };
  const spelled = (tag: string) => {
    const { command } = accepted('Mutation.createTicket', { title: 'x', tags: [tag] });
    return command.type === 'CreateTicket' ? command.tags : null;
  };

  describe('a text that shows nothing', () => {
    const nothing = [
      ' \t\n',
      '\u00a0\u3000\u2003',
      '\u200b\u200d\u2060\ufeff',
      '\u0000\u0007\u001b\u007f\u0085',
      '\u00ad\u034f\u115f\u3164\uffa0',
      '\u202e \u2066',
      '\u2800',
      '\ufe0f\u{e0100}',
      '\u{e0067}\u{e007f}'.repeat(20),
      '\u{1d173}\u{1bca0}',
    ];

    test.each(nothing)('is no title, tag, assignee or comment: %#', (text) => {
      for (const [field, mutation, input] of [
        ['title', 'Mutation.createTicket', { title: text }],
        ['tags', 'Mutation.createTicket', { title: 'x', tags: ['hot', text] }],
        ['assignee', 'Mutation.createTicket', { title: 'x', assignee: text }],
        ['title', 'Mutation.updateTicket', { id: 'T1', title: text }],
        ['addTags', 'Mutation.updateTicket', { id: 'T1', addTags: [text] }],
        ['assignee', 'Mutation.updateTicket', { id: 'T1', assignee: text }],
        ['body', 'Mutation.addComment', { id: 'T1', body: text }],
        ['body', 'Mutation.addComment', { id: 'T1', body: text.repeat(Math.floor(5000 / text.length)) }],
      ] as const) {
        expect(accepted(mutation, input).refusal).toMatchObject({ errorType: 'ValidationError', errorInfo: { field } });
      }
    });

    test.each(['a\u200b', '\u0007!', '\u{e0100}漢', ' . ', '🔥', '\u0301'])(
      'is not one that shows something: %#',
      (text) => {
        expect(accepted('Mutation.addComment', { id: 'T1', body: text }).command).toMatchObject({ body: text });
        expect(accepted('Mutation.createTicket', { title: text, assignee: text })).toMatchObject({
          refusal: null,
          command: { title: text, assignee: text },
        });
      },
    );
  });

  describe('a tag', () => {
    test.each([
      ['v\u200bpn', 'vpn'],
      ['\ufeffVPN\u00ad', 'vpn'],
      ['cafe\u0301', 'café'],
      ['CAFÉ', 'café'],
      ['a\u200d\u030a', 'å'],
      ['🏴\u{e0067}\u{e0062}\u{e007f}', '🏴'],
      ['❤\ufe0f', '❤'],
      [`${'x'.repeat(40)}${'\u200b'.repeat(100)}`, 'x'.repeat(40)],
    ])('%j is stored as %s', (tag, stored) => {
      expect(spelled(tag)).toEqual([stored]);
    });
  });
});

describe('a stored tag', () => {
  const reading = new Reading('ecmascript');
  const spelled = (tag: string) => {
    const { stash } = reading.evaluate('Mutation.createTicket', 'request', {
      arguments: { input: { title: 'x', tags: [tag] } },
    });
    return (stash.command as { tags: string[] } | undefined)?.tags[0];
  };

  test('is spelled the same again, here and in the domain, and has nothing that is ignorable', () => {
    const unit = fc.string({ unit: 'binary', minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(unit, (tag) => {
        const once = spelled(tag);
        if (once !== undefined) {
          expect(spelled(once)).toBe(once);
          expect(normalizeTag(once)).toBe(once);
          expect(once.normalize('NFC')).toBe(once);
          expect(once).not.toMatch(new RegExp(`[${IGNORABLE}]`, 'u'));
        }
      }),
      { numRuns: 2000 },
    );
  });

  test('has no character that Unicode has ignored by default', () => {
    const ignored = Array.from({ length: 0x110000 }, (_, code) => code)
      .filter((code) => code < 0xd800 || code > 0xdfff)
      .map((code) => String.fromCodePoint(code))
      .filter((character) => /\p{Default_Ignorable_Code_Point}/u.test(character))
      .join('');
    expect(ignored.replace(new RegExp(`[${IGNORABLE}]`, 'gu'), '')).toBe('');
  });
});

describe.each<SemanticsName>(['appsync', 'strictest', 'ecmascript'])(
  'a search by a part of the title in %s',
  (semantics) => {
    const reading = new Reading(semantics);
    const [created] = happened([create()]);
    const finds = (titleContains: string, title: string) => {
      const { stash } = reading.evaluate('Query.tickets', 'request', { arguments: { filter: { titleContains } } });
      const result = { items: [{ ...ticketRow(created!.ticket), title }], nextToken: null };
      const after = reading.evaluate('steps/readList', 'response', { stash, result }).stash;
      return (after.list as { page: { items: ListedTicket[] } }).page.items.length === 1;
    };

    test.each([
      ['ΣΥΣ', 'ΣΥΣΤΗΜΑ'],
      ['συς', 'ΣΥΣΤΗΜΑ'],
      ['ΣΥΣΤΗΜΑΣ', 'συστημας'],
      ['STRASSE', 'Straße'],
      ['straße', 'STRASSE'],
      ['STRAẞE', 'strasse'],
      ['caf\u00e9', 'Cafe\u0301 crème'],
      ['CAFE\u0301', 'caf\u00e9'],
      ['istanbul', 'İstanbul'],
      ['İSTANBUL', 'istanbul'],
      ['i\u0307stanbul', 'İSTANBUL'],
      ['ıstanbul', 'ISTANBUL'],
      ['ﬁre', 'Printer on FIRE'],
      ['🔥', 'Hot 🔥'],
    ])('finds %s in %s', (part, title) => {
      expect(finds(part, title)).toBe(true);
    });

    test.each([
      ['printer', 'Scanner'],
      ['é', 'Cafe'],
    ])('does not find %s in %s', (part, title) => {
      expect(finds(part, title)).toBe(false);
    });
  },
);
