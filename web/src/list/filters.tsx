import { useEffect, useState } from 'react';
import { Field } from '../fields';
import { go, type Route } from '../route';
import { beginOf, dayOf } from '../time';
import { type Filter, PRIORITIES, STATUSES, wordOf } from '../tickets';

/** Text is applied when the typing stops for a moment. */
const TYPING_MS = 300;

export function Filters({ route }: { route: Route }) {
  const { filter, order } = route;
  const set = (change: Filter) => go({ ...route, filter: { ...filter, ...change } });
  const [isOpen, setOpen] = useState(() => !!(filter.requester ?? filter.tag ?? filter.updatedSince));
  return (
    <form className="filters" role="search" aria-label="Filter tickets" onSubmit={(event) => event.preventDefault()}>
      <TypedFilter label="Title" value={filter.titleContains} set={(titleContains) => set({ titleContains })} />
      <Field label="Status">
        {(id) => (
          <select
            id={id}
            value={filter.status ?? ''}
            onChange={({ target }) => set({ status: (target.value || null) as never })}
          >
            <option value="">Any</option>
            {STATUSES.map((status) => (
              <option key={status} value={status}>
                {wordOf(status)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <TypedFilter label="Assignee" value={filter.assignee} set={(assignee) => set({ assignee })} />
      <button type="button" className="quiet" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        More filters
      </button>
      {isOpen && (
        <>
          <TypedFilter label="Requester" value={filter.requester} set={(requester) => set({ requester })} />
          <TypedFilter label="Tag" value={filter.tag} set={(tag) => set({ tag })} />
          <Field label="Priority">
            {(id) => (
              <select
                id={id}
                value={filter.priority ?? ''}
                onChange={({ target }) => set({ priority: (target.value || null) as never })}
              >
                <option value="">Any</option>
                {PRIORITIES.map((priority) => (
                  <option key={priority} value={priority}>
                    {wordOf(priority)}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <Field label="Changed since">
            {(id) => (
              <input
                id={id}
                type="date"
                value={filter.updatedSince ? dayOf(filter.updatedSince) : ''}
                onChange={({ target }) => set({ updatedSince: target.value ? beginOf(target.value) : null })}
              />
            )}
          </Field>
          <Field label="Order">
            {(id) => (
              <select id={id} value={order} onChange={({ target }) => go({ ...route, order: target.value as 'ASC' })}>
                <option value="DESC">Newest change first</option>
                <option value="ASC">Oldest change first</option>
              </select>
            )}
          </Field>
        </>
      )}
    </form>
  );
}

function TypedFilter({ label, value, set }: { label: string; value?: string | null; set(value: string | null): void }) {
  const [text, setText] = useState(value ?? '');
  useEffect(() => setText(value ?? ''), [value]);
  useEffect(() => {
    const timer = setTimeout(() => text !== (value ?? '') && set(text || null), TYPING_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <Field label={label}>
      {(id) => (
        <input
          id={id}
          type="search"
          value={text}
          maxLength={128}
          dir="auto"
          onChange={({ target }) => setText(target.value)}
        />
      )}
    </Field>
  );
}
