import { useState } from 'react';
import { useDesk } from '../context';
import { OFFER_MS } from '../offers';
import { Problem } from '../parts';
import { useNow } from '../use-now';
import { useStore } from '../use-store';
import { doneBy, nameOf, troubleOf } from '../words';
import type { Entry, Sent } from './command';
import { undoing } from './merge';
import { Sending } from './sending';

/** What is not sent yet, and what can still be undone. */
export function OutboxBar() {
  const { outbox, offers } = useDesk();
  const { entries, sent, isFull, unreadable } = useStore(outbox);
  const offered = useStore(offers).offers;
  const [settled, setSettled] = useState<ReadonlySet<string>>(new Set());
  const now = useNow(sent.some(({ at }) => at > Date.now() - OFFER_MS) ? 500 : null);
  const undoable = sent.filter(({ commandId, at }) => at > now - OFFER_MS && !settled.has(commandId));
  const settle = (...ids: string[]) => setSettled(new Set([...settled, ...ids]));
  return (
    <section className="outbox" aria-label="Outbox" data-home tabIndex={-1}>
      {isFull && (
        <Problem>
          Not taken: this browser has no room to keep it. Free some space for this site, then press again.
        </Problem>
      )}
      {unreadable.map((one) => (
        <UnreadableText key={one.key} text={one.text} discard={() => outbox.forget(one)} />
      ))}
      {entries.length > 0 && (
        <>
          <h2>Not sent yet: {entries.length}</h2>
          <ul>
            {entries.map((entry) => (
              <Unsent key={entry.commandId} entry={entry} />
            ))}
          </ul>
        </>
      )}
      <ul>
        {undoable.map((one) => (
          <Undoable key={one.commandId} sent={one} settle={settle} />
        ))}
        {offered.map(({ id, words, undo }) => (
          <li key={id}>
            <span>{words}</span>
            <button type="button" onClick={undo}>
              Undo
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Unsent({ entry }: { entry: Entry }) {
  const { outbox, announce, reopen } = useDesk();
  const { commandId, command, refusal } = entry;
  const name = nameOf(entry);
  const isHeld = entry.attempts === 0 && !refusal;
  const canEdit = command.type !== 'UpdateTicket' || !command.input.status;
  const takeOut = async (isEdited: boolean) => {
    const taken = await outbox.take(commandId);
    if (!taken) {
      announce('Too late: it is sent.');
      return;
    }
    announce(taken.mayHaveArrived ? 'Taken back. It may have arrived already.' : 'Taken back.');
    if (isEdited) {
      reopen(taken.command);
    }
  };
  return (
    <li className={refusal ? 'refused' : ''}>
      <span className="what">
        <bdi>{name}</bdi>
      </span>
      <span className="how">{refusal ? troubleOf(refusal).words : <Sending entry={entry} />}</span>
      <span className="actions">
        <button type="button" aria-label={`Send now: ${name}`} onClick={() => void outbox.sendNow(commandId)}>
          Send now
        </button>
        {canEdit && (
          <button
            type="button"
            aria-label={`${isHeld ? 'Take back' : 'Edit'}: ${name}`}
            onClick={() => void takeOut(true)}
          >
            {isHeld ? 'Take back' : 'Edit'}
          </button>
        )}
        <button type="button" aria-label={`Discard: ${name}`} onClick={() => void takeOut(false)}>
          Discard
        </button>
      </span>
    </li>
  );
}

/** As it is: whoever wrote it may know it again. */
function UnreadableText({ text, discard }: { text: string; discard(): void }) {
  return (
    <div className="problem" role="alert">
      <label>
        This browser kept something of yours that can’t be read any more, and was not sent. Copy what you need of it.
        <textarea readOnly rows={3} value={text} />
      </label>
      <button type="button" onClick={discard}>
        Discard
      </button>
    </div>
  );
}

function Undoable({ sent, settle }: { sent: Sent; settle(...ids: string[]): void }) {
  const { outbox, user } = useDesk();
  const { command, commandId, ticket } = sent;
  const undo = command.type === 'UpdateTicket' ? undoing(command.base, ticket, user.isAgent) : null;
  if (!undo || command.type !== 'UpdateTicket') {
    return null;
  }
  const { status } = undo.input;
  const isAnother = status && status !== command.base.status;
  return (
    <li>
      <bdi>{doneBy(sent)}</bdi>
      <button type="button" onClick={() => settle(commandId, outbox.send(undo) ?? '')}>
        {isAnother ? 'Undo: back to Open' : 'Undo'}
      </button>
    </li>
  );
}
