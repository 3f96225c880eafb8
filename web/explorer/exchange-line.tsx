import { useState } from 'react';
import type { Exchange } from './fetcher';

/** When the latest request was made, as whom, and what came back; and both it and its query to take away. */
export function ExchangeLine({ exchange, link }: { exchange: Exchange | null; link: string }) {
  const [taken, setTaken] = useState<{ what: string; text: string; isCopied: boolean } | null>(null);
  const take = async (what: string, text: string) => {
    const isCopied = await navigator.clipboard.writeText(text).then(
      () => true,
      // A page that may not copy shows it all the same.
      () => false,
    );
    setTaken({ what, text, isCopied });
  };
  const curl = exchange?.curl ?? null;
  return (
    <section className="exchange" aria-label="Request">
      <p role="status">{exchange ? wordsOf(exchange) : 'Nothing is asked yet.'}</p>
      <button type="button" onClick={() => void take('Link, without headers', link)}>
        Copy link
      </button>
      {curl !== null && (
        <button type="button" onClick={() => void take('Command, with its authorization', curl)}>
          Copy as curl
        </button>
      )}
      {taken && (
        <div className="taken">
          <label>
            {taken.what}
            {taken.isCopied ? ': copied.' : ': this page may not copy. Copy it from here.'}
            <textarea readOnly rows={4} value={taken.text} onFocus={({ target }) => target.select()} />
          </label>
          <button type="button" onClick={() => setTaken(null)}>
            Hide
          </button>
        </div>
      )}
    </section>
  );
}

function wordsOf({ as, at, answer, curl }: Exchange): string {
  const when = new Date(at).toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
  if (curl === null) {
    return `Subscription, as ${as}, at ${when}`;
  }
  const what = answer ? `${answer.status} in ${answer.ms} ms, ${answer.bytes.toLocaleString('en')} bytes` : 'Asked';
  return `${what}, as ${as}, at ${when}`;
}
