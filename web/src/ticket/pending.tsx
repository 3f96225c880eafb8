import { useDesk } from '../context';
import type { Create, Entry } from '../outbox/command';
import { Sending } from '../outbox/sending';
import { Problem } from '../parts';
import { troubleOf } from '../words';

/** A ticket that the API does not have yet. */
export function PendingTicket({ entry, command }: { entry: Entry; command: Create }) {
  const { outbox, reopen, announce } = useDesk();
  const { commandId, refusal } = entry;
  const takeBack = async () => {
    const taken = await outbox.take(commandId);
    if (taken) {
      reopen(taken.command);
    } else {
      announce('Too late: the ticket is created.');
    }
  };
  return (
    <>
      <h2 className="title" dir="auto">
        {command.input.title}
      </h2>
      {refusal ? (
        <Problem>{troubleOf(refusal).words}</Problem>
      ) : (
        <p className="notice">
          <Sending entry={entry} />
        </p>
      )}
      <div className="actions start">
        <button type="button" className="primary" onClick={() => void outbox.sendNow(commandId)}>
          Create now
        </button>
        {(refusal || entry.attempts !== 1) && (
          <button type="button" onClick={() => void takeBack()}>
            {entry.attempts === 0 ? 'Take back' : 'Edit'}
          </button>
        )}
      </div>
      <p className="description" dir="auto">
        {command.input.description}
      </p>
    </>
  );
}
