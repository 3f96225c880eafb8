import { EXAMPLES } from './examples';
import { IDENTITIES, type Identity } from './identity';
import type { useTab } from './use-tab';

/** What to ask, and as whom. */
export function Bar({
  tab: { example, showExample },
  identity,
  choose,
}: {
  tab: ReturnType<typeof useTab>;
  identity: Identity;
  choose(identity: Identity): void;
}) {
  return (
    <>
      <h1>API explorer</h1>
      <label>
        Example
        <select value={example ?? ''} onChange={({ target }) => showExample(Number(target.value))}>
          <option value="" disabled>
            none: typed by you
          </option>
          {EXAMPLES.map(({ name }, index) => (
            <option key={name} value={index}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        Ask as
        <select value={identity} onChange={({ target }) => choose(target.value as Identity)}>
          {IDENTITIES.map(({ identity, words }) => (
            <option key={identity} value={identity}>
              {words}
            </option>
          ))}
        </select>
      </label>
      <a href="/">Ticket desk</a>
    </>
  );
}
