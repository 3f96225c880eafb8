import fc from 'fast-check';
import { execFileSync } from 'node:child_process';
import { curlOf } from '../../web/explorer/curl';
import { IDENTITIES } from '../../web/explorer/identity';
import { readLink, writeLink } from '../../web/explorer/link';
import { FIRST_VISIT, frontTab } from '../../web/explorer/opening';
import { append, type Transcript } from '../../web/explorer/transcript';

/** What a shell can be given: anything but NUL. */
const text = fc.string({ unit: 'grapheme', maxLength: 30 }).map((s) => s.replaceAll('\0', ''));

test('a curl command gives a shell each word as it is, whatever quotes and dollars are in it', () => {
  fc.assert(
    fc.property(text, text, text, (url, header, body) => {
      const script = `curl() { printf '%s\\0' "$@"; }; ${curlOf(url, { 'x-api-key': header }, body)}`;
      const words = execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1);
      expect(words).toEqual([url, '-H', `x-api-key: ${header}`, '--data-raw', body]);
    }),
    { numRuns: 50, examples: [["it's", '$HOME `id`', "\\\n\"''"]] },
  );
});

test('a link leads to what it was made of', () => {
  const identity = fc.constantFrom(...IDENTITIES.map(({ identity }) => identity));
  fc.assert(
    fc.property(fc.record({ query: fc.string({ minLength: 1 }), variables: fc.string(), identity }), (shared) => {
      const link = writeLink('http://localhost:4000/explorer/', shared);
      expect(readLink(new URL(link).hash)).toEqual(shared);
    }),
  );
});

test('a plain address shares nothing, and a link of somebody unknown asks by the API key', () => {
  expect(readLink('')).toBeNull();
  expect(readLink('#query=%7Ba%7D&as=mallory:agents')).toEqual({ query: '{a}', variables: '', identity: 'api-key' });
});

test('a transcript keeps all, newest first, each with its time', () => {
  let transcript: Transcript = { as: 'bob, agent', newestFirst: [] };
  transcript = append(transcript, { is: 'subscribed' }, new Date(0));
  transcript = append(transcript, { received: { data: 1 } }, new Date(1));
  expect(transcript.newestFirst).toEqual([
    { at: '1970-01-01T00:00:00.001Z', received: { data: 1 } },
    { at: '1970-01-01T00:00:00.000Z', is: 'subscribed' },
  ]);
});

test.each([
  ['what was in front', '{"activeTabIndex":1,"tabs":[{"query":"a"},{"query":"b","variables":"{}"}]}', 'b'],
  ['nothing after nothing', null, undefined],
  ['nothing after what it can not read', '{"tabs":', undefined],
  ['nothing after what it does not know', '{"open":[]}', undefined],
])('the explorer opens again with %s', (_what, kept, query) => {
  expect(frontTab({ getItem: () => kept })?.query).toBe(query);
  expect(JSON.parse(FIRST_VISIT.variables)).toEqual({ filter: { status: 'OPEN' }, order: 'DESC' });
});
