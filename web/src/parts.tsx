import type { ReactNode } from 'react';
import { useEffect, useId, useRef } from 'react';
import type { Status } from '../../client/connection';
import { type TicketPriority, type TicketStatus, wordOf } from './tickets';

export function StatusBadge({ status }: { status: TicketStatus }) {
  return <span className={`badge status-${status}`}>{wordOf(status)}</span>;
}

export function PriorityMark({ priority }: { priority: TicketPriority }) {
  return <span className={`priority priority-${priority}`}>{wordOf(priority)}</span>;
}

const CONNECTIONS: Record<Status, string> = {
  live: 'Live',
  connecting: 'Connecting…',
  disconnected: 'Offline, trying again…',
};

export function ConnectionState({ status }: { status: Status }) {
  return (
    <span className={`connection connection-${status}`} role="status">
      {CONNECTIONS[status]}
    </span>
  );
}

/** A time for people, with the exact one behind it. */
export function Time({ at }: { at: string }) {
  const date = new Date(at);
  const isToday = date.toDateString() === new Date().toDateString();
  const words = isToday
    ? date.toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' })
    : date.toLocaleDateString(undefined, { day: 'numeric', month: 'short', year: 'numeric' });
  return (
    <time dateTime={at} title={date.toLocaleString()}>
      {words}
    </time>
  );
}

/** A label and its control, tied together. */
export function Field({
  label,
  hint,
  children,
}: {
  label: string;
  hint?: string;
  children: (id: string) => ReactNode;
}) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children(id)}
      {hint && <small>{hint}</small>}
    </div>
  );
}

/** The browser's own dialog: it holds the focus, and Escape closes it. */
export function Dialog({ title, close, children }: { title: string; close(): void; children: ReactNode }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} aria-labelledby={titleId} onClose={close}>
      <header className="dialog-head">
        <h2 id={titleId}>{title}</h2>
        <button type="button" className="quiet" aria-label="Close" onClick={() => dialog.current?.close()}>
          ✕
        </button>
      </header>
      {children}
    </dialog>
  );
}

export function Problem({ children, retry }: { children: ReactNode; retry?: () => void }) {
  return (
    <p className="problem" role="alert">
      {children}
      {retry && (
        <button type="button" onClick={retry}>
          Try again
        </button>
      )}
    </p>
  );
}
