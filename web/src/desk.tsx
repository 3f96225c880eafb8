import { useEffect, useMemo, useState } from 'react';
import { Spoken, useAnnouncements } from './announcements';
import { Api } from './api';
import { Broken } from './broken';
import type { Config } from './config';
import { type Desk as DeskParts, DeskContext } from './context';
import { CreateDialog, EMPTY_TICKET } from './create';
import { type CommentDraft, draftOf, Drafts, type DraftsParts, NEW_TICKET } from './drafts/drafts';
import { editOf } from './edit';
import { Header } from './header';
import { TicketList } from './list/list';
import { Offers } from './offers';
import { type Command, isNote } from './outbox/command';
import { wanted } from './outbox/merge';
import { Outbox } from './outbox/outbox';
import { OutboxBar } from './outbox/outbox-bar';
import { go, useRoute } from './route';
import type { User } from './users';
import type { Gate } from './shared/gate';
import { TicketPane } from './ticket/pane';
import type { Listed } from './tickets';
import { useStore } from './use-store';
import { doneBy } from './words';

/** What lives as long as the page, whoever uses it. */
export interface Parts extends Pick<DraftsParts, 'shelf' | 'lock' | 'tab'> {
  config: Config;
  gate: Gate;
  isTabOpen: DraftsParts['isOpen'];
}

export function Desk({ parts, user, leave }: { parts: Parts; user: User; leave: (user?: User) => void }) {
  const inAddress = useRoute();
  // Each link of this tab says who follows it, whatever the address says.
  const route = useMemo(() => ({ ...inAddress, user: parts.config.userPool ? null : user.name }), [inAddress, user]);
  const [isCreating, setCreating] = useState(false);
  const { said, announce } = useAnnouncements();
  const [opened, setOpened] = useState<Listed | null>(null);

  const { api, outbox, drafts, offers } = useMemo(() => partsOf(parts, user), [parts, user]);
  useEffect(() => {
    outbox.start();
    return () => outbox.stop();
  }, [outbox]);
  useAnnouncedSending(outbox, announce);

  const reopen = (command: Command) => {
    switch (command.type) {
      case 'CreateTicket': {
        const { tags, ...fields } = command.input;
        const known = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
        drafts.put(NEW_TICKET, { ...EMPTY_TICKET, ...known, tags: (tags ?? []).join(',') });
        go({ ...route, ticket: null });
        setCreating(true);
        return;
      }
      case 'UpdateTicket': {
        const { input, base } = command;
        drafts.put(draftOf('edit', input.id), { ...editOf(wanted(command)), reason: input.reason ?? '', base });
        go({ ...route, ticket: input.id });
        return;
      }
      case 'AddComment': {
        const { id, body } = command.input;
        const name = draftOf('comment', id);
        const draft = drafts.get<CommentDraft>(name)?.value;
        // What either of them kept among agents stays there.
        const isInternal = isNote(command) || (!!draft?.body && draft.isNote);
        drafts.put(name, {
          body: draft?.body ? `${body}\n\n${draft.body}` : body,
          isNote: isInternal,
        } satisfies CommentDraft);
        go({ ...route, ticket: id });
      }
    }
  };
  const desk: DeskParts = { api, user, outbox, drafts, offers, announce, reopen };
  return (
    <DeskContext value={desk}>
      <Header config={parts.config} leave={leave} />
      <Broken />
      <main className={route.ticket === null ? 'panes no-ticket' : 'panes'} data-home tabIndex={-1}>
        <TicketList route={route} create={() => setCreating(true)} opened={opened} />
        {route.ticket === null ? (
          <section className="pane ticket placeholder" aria-label="Ticket">
            <p className="empty">Choose a ticket, or create one.</p>
          </section>
        ) : (
          <TicketPane key={route.ticket} id={route.ticket} route={route} known={setOpened} />
        )}
      </main>
      <OutboxBar />
      {isCreating && (
        <CreateDialog
          close={() => setCreating(false)}
          created={(commandId) => {
            go({ ...route, ticket: commandId }, 'replace');
            setCreating(false);
            announce('The ticket is created in ten seconds. Until then it can be taken back.');
          }}
        />
      )}
      <Spoken said={said} />
    </DeskContext>
  );
}

function partsOf({ config, shelf, lock, gate, tab, isTabOpen }: Parts, user: User) {
  const api = new Api(config, gate);
  return {
    api,
    outbox: new Outbox({ user: user.name, shelf, lock, gate, ask: api.ask }),
    drafts: new Drafts({ user: user.name, tab, isOpen: isTabOpen, shelf, lock }),
    offers: new Offers(),
  };
}

/** Announces what is sent from now on, by whichever tab. */
function useAnnouncedSending(outbox: Outbox, announce: (words: string) => void): void {
  const { sent } = useStore(outbox);
  const newest = sent.at(-1);
  const [begin] = useState(Date.now);
  useEffect(() => {
    if (newest && newest.at > begin) {
      announce(doneBy(newest));
    }
  }, [newest?.commandId]);
}
