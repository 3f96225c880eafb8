import { useEffect, useRef } from 'react';
import { isInternal, STUB } from '../../../domain/disclosure';
import { useDesk } from '../context';
import { type Event, type Whole, wordOf } from '../tickets';

/** Names the page after the ticket, and announces that it is opened and what others do to it. */
export function useNews(ticket: Whole | undefined, events: Event[]): void {
  const { announce, user } = useDesk();
  const heard = useRef<number | null>(null);
  const newest = events.at(-1);
  useEffect(() => {
    const title = document.title;
    if (ticket) {
      document.title = `${ticket.title} · Ticket desk`;
    }
    return () => void (document.title = title);
  }, [ticket?.title]);
  useEffect(() => {
    if (!ticket || !newest) {
      return;
    }
    const news = events.filter(
      ({ version, actor, type }) =>
        version > (heard.current ?? newest.version) && actor !== user.name && type !== STUB.type,
    );
    if (heard.current === null) {
      announce(`Opened: ${ticket.title}`);
    } else if (news.length > 0) {
      announce(news.map(wordsOf).join(' '));
    }
    heard.current = newest.version;
  }, [ticket?.id, newest?.version]);
}

function wordsOf(event: Event): string {
  const { actor, comment, changes } = event;
  if (isInternal(event)) {
    return `${actor} wrote an internal note.`;
  }
  const fields = changes.map(({ field }) => wordOf(field)).join(', ');
  return comment ? `${actor} commented.` : `${actor} changed ${fields}.`;
}
