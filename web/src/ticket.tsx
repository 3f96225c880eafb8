import { type FormEvent, useEffect, useMemo, useState } from 'react';
import type { Status } from '../../client/connection';
import { ApiError } from './api';
import { addComment, updateTicket } from './commands';
import { type Conflict, ConflictDialog } from './conflict';
import { useDesk } from './context';
import { useDraft } from './draft';
import { changesIn, clashes, type Edit, editOf, rebase } from './edit';
import { History } from './history';
import { ConnectionState, Field, PriorityMark, Problem, StatusBadge, Time } from './parts';
import { useSending } from './send';
import { useStore } from './store';
import { TicketStore } from './ticket-store';
import { offeredTo, PRIORITIES, type TicketPriority, type TicketStatus, type Whole, wordOf } from './tickets';

export function TicketPane({ id, back }: { id: string; back: string }) {
  const { api } = useDesk();
  const store = useMemo(() => new TicketStore(api, id), [api, id]);
  useEffect(() => {
    store.start();
    return () => store.stop();
  }, [store]);
  const { ticket, events, phase, error, connection } = useStore(store);
  const [chosen, setChosen] = useState<number | null>(null);
  const past = usePast(store, chosen, ticket?.version);

  if (phase === 'missing') {
    return (
      <section className="pane ticket" aria-label="Ticket">
        <BackLink href={back} />
        <p className="empty">There is no such ticket, or it is not yours.</p>
      </section>
    );
  }
  if (!ticket) {
    return (
      <section className="pane ticket" aria-label="Ticket" aria-busy={phase === 'loading'}>
        <BackLink href={back} />
        {phase === 'failed' ? (
          <Problem retry={() => void store.retry()}>The ticket could not be read: {error}</Problem>
        ) : (
          <p className="empty">Loading…</p>
        )}
      </section>
    );
  }
  const isPast = past !== null && past.version !== ticket.version;
  return (
    <section className="pane ticket" aria-label="Ticket">
      <div className="ticket-head">
        <BackLink href={back} />
        <ConnectionState status={connection} />
      </div>
      {isPast && (
        <p className="notice" role="status">
          This is the ticket as it was at version {past.version}.
          <button type="button" onClick={() => setChosen(null)}>
            Back to now
          </button>
        </p>
      )}
      {isPast ? (
        <Facts ticket={past} />
      ) : (
        <Present key={ticket.id} store={store} ticket={ticket} connection={connection} />
      )}
      <Comments
        store={store}
        connection={connection}
        upTo={isPast ? past.version : ticket.version}
        canComment={!isPast}
      />
      <History
        events={events}
        version={isPast ? past.version : ticket.version}
        choose={(version) => setChosen(version === ticket.version ? null : version)}
      />
    </section>
  );
}

function BackLink({ href }: { href: string }) {
  return (
    <a className="back" href={href}>
      ← All tickets
    </a>
  );
}

/** The ticket as of the version that was chosen; null for now. The one before is shown until another is there. */
function usePast(store: TicketStore, version: number | null, newest: number | undefined): Whole | null {
  const [past, setPast] = useState<Whole | null>(null);
  useEffect(() => {
    let isCurrent = true;
    if (version === null || version === newest) {
      setPast(null);
    } else {
      store.asOf(version).then(
        (ticket) => isCurrent && setPast(ticket),
        () => isCurrent && setPast(null),
      );
    }
    return () => {
      isCurrent = false;
    };
  }, [store, version, newest]);
  return past;
}

function Facts({ ticket }: { ticket: Whole }) {
  return (
    <>
      <h2 className="title" dir="auto">
        {ticket.title}
      </h2>
      <p className="row-facts">
        <StatusBadge status={ticket.status} />
        <PriorityMark priority={ticket.priority} />
        {ticket.tags.map((tag) => (
          <bdi key={tag} className="tag">
            {tag}
          </bdi>
        ))}
      </p>
      <dl className="people">
        <div>
          <dt>Requester</dt>
          <dd>
            <bdi>{ticket.requester}</bdi>
          </dd>
        </div>
        <div>
          <dt>Assignee</dt>
          <dd>{ticket.assignee ? <bdi>{ticket.assignee}</bdi> : <em className="none">nobody</em>}</dd>
        </div>
        <div>
          <dt>Created</dt>
          <dd>
            <Time at={ticket.createdAt} />
          </dd>
        </div>
        <div>
          <dt>Changed</dt>
          <dd>
            <Time at={ticket.updatedAt} />
          </dd>
        </div>
      </dl>
      {ticket.description ? (
        <p className="description" dir="auto">
          {ticket.description}
        </p>
      ) : (
        <p className="none">No description.</p>
      )}
    </>
  );
}

function Present({ store, ticket, connection }: { store: TicketStore; ticket: Whole; connection: Status }) {
  const { user } = useDesk();
  const draftKey = `desk.draft.${user.name}.edit.${ticket.id}`;
  // A form that was open before a reload is open after it.
  const [isEditing, setEditing] = useState(() => localStorage.getItem(draftKey) !== null);
  return isEditing ? (
    <EditForm
      store={store}
      ticket={ticket}
      connection={connection}
      draftKey={draftKey}
      done={() => setEditing(false)}
    />
  ) : (
    <>
      <Facts ticket={ticket} />
      <div className="actions start">
        <button type="button" onClick={() => setEditing(true)}>
          Edit
        </button>
        <StatusButtons store={store} ticket={ticket} connection={connection} />
      </div>
    </>
  );
}

const VERBS: Record<TicketStatus, string> = {
  OPEN: 'Reopen',
  IN_PROGRESS: 'Start work',
  ON_HOLD: 'Put on hold',
  RESOLVED: 'Resolve',
  CLOSED: 'Close',
};

function StatusButtons({ store, ticket, connection }: { store: TicketStore; ticket: Whole; connection: Status }) {
  const { api, user, announce } = useDesk();
  const draft = useDraft<{ status?: TicketStatus }>(`desk.draft.${user.name}.status.${ticket.id}`, {});
  const [wanted, setWanted] = useState<TicketStatus | null>(null);
  const sending = useSending(connection, async () => {
    store.take(await updateTicket(api, { id: ticket.id, status: draft.value.status, commandId: draft.commandId() }));
    draft.clear();
    announce('The status is changed.');
  });
  useEffect(() => {
    if (wanted !== null) {
      setWanted(null);
      sending.send();
    }
  }, [wanted]);
  return (
    <>
      <div role="group" aria-label="Change status" className="statuses">
        {offeredTo(user.isAgent, ticket.status).map((status) => (
          <button
            key={status}
            type="button"
            disabled={sending.isSending}
            onClick={() => {
              draft.change({ status });
              setWanted(status);
            }}
          >
            {status === 'OPEN' && ticket.status !== 'CLOSED' && ticket.status !== 'RESOLVED'
              ? 'Back to open'
              : VERBS[status]}
          </button>
        ))}
      </div>
      {sending.problem && <Problem>{sending.problem}</Problem>}
    </>
  );
}

interface EditDraft extends Edit {
  /** The ticket that the form began with. */
  base: Whole;
}

function EditForm({
  store,
  ticket,
  connection,
  draftKey,
  done,
}: {
  store: TicketStore;
  ticket: Whole;
  connection: Status;
  draftKey: string;
  done(): void;
}) {
  const { api, user, announce } = useDesk();
  const [opened] = useState(ticket);
  const draft = useDraft<EditDraft>(draftKey, { ...editOf(opened), base: opened });
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const [merge, setMerge] = useState<Edit | null>(null);
  const { base, ...edit } = draft.value;

  const finish = () => {
    draft.clear();
    done();
  };
  const sending = useSending(
    connection,
    async () => {
      const changes = changesIn(edit, base);
      if (Object.keys(changes).length > 0) {
        store.take(
          await updateTicket(api, {
            ...changes,
            id: ticket.id,
            expectedVersion: base.version,
            reason: edit.reason || null,
            commandId: draft.commandId(),
          }),
        );
        announce('The ticket is saved.');
      }
      finish();
    },
    (error: ApiError) => {
      if (error.type !== 'VersionConflict') {
        return false;
      }
      void meet(Number(error.info?.currentVersion));
      return true;
    },
  );
  /** Somebody was faster. What does not touch the same fields is put together without asking. */
  const meet = async (version: number) => {
    await store.reach(version);
    const theirs = await store.asOf(version);
    if (!theirs) {
      return;
    }
    const found = clashes(edit, base, theirs);
    const merged = rebase(edit, base, theirs);
    draft.change({ ...merged, base: theirs });
    if (found.length === 0) {
      setMerge(merged);
      return;
    }
    const actor = store.state().events.find((event) => event.version === version)?.actor ?? 'Somebody';
    setConflict({ clashes: found, merged, actor, version });
  };
  useEffect(() => {
    if (merge) {
      setMerge(null);
      sending.send();
    }
  }, [merge]);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    sending.send();
  };
  return (
    <form className="stack edit" onSubmit={submit} aria-label="Edit ticket">
      <Field label="Title">
        {(id) => (
          <input
            id={id}
            required
            maxLength={200}
            dir="auto"
            value={edit.title}
            onChange={({ target }) => draft.change({ title: target.value, base })}
          />
        )}
      </Field>
      <Field label="Description">
        {(id) => (
          <textarea
            id={id}
            rows={8}
            maxLength={10_000}
            dir="auto"
            value={edit.description}
            onChange={({ target }) => draft.change({ description: target.value, base })}
          />
        )}
      </Field>
      {user.isAgent && (
        <div className="columns">
          <Field label="Priority">
            {(id) => (
              <select
                id={id}
                value={edit.priority}
                onChange={({ target }) => draft.change({ priority: target.value as TicketPriority, base })}
              >
                {PRIORITIES.map((name) => (
                  <option key={name} value={name}>
                    {wordOf(name)}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <Field label="Assignee">
            {(id) => (
              <input
                id={id}
                maxLength={128}
                dir="auto"
                value={edit.assignee}
                onChange={({ target }) => draft.change({ assignee: target.value, base })}
              />
            )}
          </Field>
          <Field label="Tags" hint="Separated by commas">
            {(id) => (
              <input
                id={id}
                dir="auto"
                value={edit.tags}
                onChange={({ target }) => draft.change({ tags: target.value, base })}
              />
            )}
          </Field>
        </div>
      )}
      <Field label="Why" hint="Optional; kept in the history">
        {(id) => (
          <input
            id={id}
            maxLength={1000}
            dir="auto"
            value={edit.reason}
            onChange={({ target }) => draft.change({ reason: target.value, base })}
          />
        )}
      </Field>
      {sending.problem && <Problem>{sending.problem}</Problem>}
      <div className="actions">
        <button type="button" className="quiet" onClick={finish}>
          Cancel
        </button>
        <button type="submit" className="primary" disabled={sending.isSending}>
          Save
        </button>
      </div>
      {conflict && (
        <ConflictDialog
          conflict={conflict}
          close={() => setConflict(null)}
          resolve={(resolved) => {
            setConflict(null);
            draft.change(resolved);
            setMerge(resolved);
          }}
        />
      )}
    </form>
  );
}

function Comments({
  store,
  connection,
  upTo,
  canComment,
}: {
  store: TicketStore;
  connection: Status;
  upTo: number;
  canComment: boolean;
}) {
  const { api, user, announce } = useDesk();
  const { events } = useStore(store);
  const comments = events.filter(({ comment, version }) => comment && version <= upTo);
  const draft = useDraft(`desk.draft.${user.name}.comment.${store.id}`, { body: '' });
  const { body } = draft.value;
  const sending = useSending(connection, async () => {
    store.take(await addComment(api, { id: store.id, body, commandId: draft.commandId() }));
    draft.clear();
    announce('The comment is added.');
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    sending.send();
  };
  return (
    <section aria-label="Comments" className="comments">
      <h3>Comments</h3>
      {comments.length === 0 && <p className="none">Nobody has said anything yet.</p>}
      <ul>
        {comments.map(({ version, actor, at, comment }) => (
          <li key={version}>
            <p className="comment-head">
              <bdi>{actor}</bdi> <Time at={at} />
            </p>
            <p className="comment-body" dir="auto">
              {comment}
            </p>
          </li>
        ))}
      </ul>
      {canComment && (
        <form onSubmit={submit} className="stack">
          <Field label="Add a comment">
            {(id) => (
              <textarea
                id={id}
                required
                rows={3}
                maxLength={5000}
                dir="auto"
                value={body}
                onChange={({ target }) => draft.change({ body: target.value })}
              />
            )}
          </Field>
          {sending.problem && <Problem>{sending.problem}</Problem>}
          <div className="actions">
            <button type="submit" disabled={sending.isSending}>
              Comment
            </button>
          </div>
        </form>
      )}
    </section>
  );
}
