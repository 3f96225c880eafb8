import type { ReactNode } from 'react';
import { useEffect, useId, useRef } from 'react';
import { useOfflineSince } from './online';
import { ageOf, momentOf } from './time';
import { useNow } from './use-now';
import type { Status } from '../../client/connection';
import { type TicketPriority, type TicketStatus, wordOf } from './tickets';

export function StatusBadge({ status }: { status: TicketStatus }) {
  return <span className={`badge status-${status}`}>{wordOf(status)}</span>;
}

export function PriorityMark({ priority }: { priority: TicketPriority }) {
  return <span className={`priority priority-${priority}`}>{wordOf(priority)}</span>;
}

/** On what requesters do not see. */
export function InternalMark() {
  return <span className="badge internal-mark">Internal</span>;
}

/** Whether what is shown follows what happens, or since when it does not. */
export function ConnectionState({ status, since }: { status: Status; since: number }) {
  const offlineSince = useOfflineSince();
  const shown = offlineSince === null ? status : 'disconnected';
  return (
    <span className={`connection connection-${shown}`} role="status">
      {shown === 'live' && 'Live'}
      {shown === 'connecting' && 'Connecting…'}
      {shown === 'disconnected' &&
        `Offline since ${momentOf(new Date(offlineSince ?? since).toISOString(), Date.now())}`}
    </span>
  );
}

/** When it was, and how long ago, with the exact time behind it. */
export function Time({ at, isShort }: { at: string; isShort?: boolean }) {
  const now = useNow(60_000);
  const [moment, age] = [momentOf(at, now), ageOf(at, now)];
  return (
    <time dateTime={at} title={new Date(at).toLocaleString()}>
      {isShort ? age : `${moment} · ${age}`}
    </time>
  );
}

/** The browser's own dialog: it holds the focus, and Escape or Back closes it. */
export function Dialog({ title, close, children }: { title: string; close(): void; children: ReactNode }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useBack(close);
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    dialog.current?.querySelector<HTMLElement>('input, textarea, select')?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) {
        before.focus();
      }
    };
  }, []);
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

/** Gives what is shown a place in the browser's history, so that Back leaves it and nothing else. */
function useBack(leave: () => void): void {
  const latest = useRef(leave);
  latest.current = leave;
  const id = useId();
  useEffect(() => {
    history.pushState({ shown: id }, '');
    const left = () => latest.current();
    addEventListener('popstate', left);
    return () => {
      removeEventListener('popstate', left);
      if ((history.state as { shown?: string } | null)?.shown === id) {
        history.back();
      }
    };
  }, [id]);
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
