import { useState } from 'react';
import type { Edit, EditField } from '../edit';
import type { Refusal } from '../outbox/command';
import { Dialog } from '../parts';
import { wordOf } from '../tickets';

/** Two people changed the same. Both values are shown, and one of them, or a third, is taken. */
export function ConflictDialog({
  conflict,
  resolve,
  close,
}: {
  conflict: NonNullable<Refusal['conflict']>;
  resolve(chosen: Partial<Pick<Edit, EditField>>): void;
  close(): void;
}) {
  const { clashes, theirs, actor } = conflict;
  const [chosen, setChosen] = useState<Partial<Record<string, string>>>(() =>
    Object.fromEntries(clashes.map(({ field, mine }) => [field, mine])),
  );
  const chooseAll = (which: 'mine' | 'theirs') =>
    setChosen(Object.fromEntries(clashes.map((clash) => [clash.field, clash[which]])));
  return (
    <Dialog title="Somebody else changed this, too" close={close}>
      <p>
        <bdi>{actor}</bdi> was faster: the ticket is at version {theirs.version}. Choose what is to stand.
      </p>
      <div className="stack">
        {clashes.map(({ field, base, mine, theirs }) => (
          <fieldset key={field} className="clash">
            <legend>{wordOf(field)}</legend>
            <p className="was">
              Was: <bdi>{base || 'none'}</bdi>
            </p>
            {(
              [
                ['Theirs', theirs],
                ['Mine', mine],
              ] as const
            ).map(([name, value]) => (
              <label key={name} className="choice">
                <input
                  type="radio"
                  name={field}
                  checked={chosen[field] === value}
                  onChange={() => setChosen({ ...chosen, [field]: value })}
                />
                <span>
                  <strong>{name}</strong> <bdi>{value || 'none'}</bdi>
                </span>
              </label>
            ))}
            {(field === 'title' || field === 'description') && (
              <label className="merge">
                Or merge by hand
                <textarea
                  rows={field === 'title' ? 1 : 4}
                  dir="auto"
                  value={chosen[field]}
                  onChange={({ target }) => setChosen({ ...chosen, [field]: target.value })}
                />
              </label>
            )}
          </fieldset>
        ))}
      </div>
      <div className="actions">
        <button type="button" onClick={() => chooseAll('theirs')}>
          All theirs
        </button>
        <button type="button" onClick={() => chooseAll('mine')}>
          All mine
        </button>
        <button type="button" className="primary" onClick={() => resolve(chosen)}>
          Save what is chosen
        </button>
      </div>
    </Dialog>
  );
}
