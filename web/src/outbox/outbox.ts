import { backoff } from '../../../client/backoff';
import { ApiError, Unreachable } from '../shared/errors';
import { GATE, type Gate, type Pass } from '../shared/gate';
import type { Lock } from '../shared/lock';
import { pause } from '../shared/pause';
import { isAside, readJson, type Shelf, type Unreadable, unreadable } from '../shared/shelf';
import { Store } from '../store';
import type { Whole } from '../tickets';
import { type Command, type Entry, laneOf, type Refusal, type Sent, type Update } from './command';
import { merge } from './merge';
import { type Ask, findComment, findUpdate, readVersion, sendCommand } from './requests';

export interface OutboxState {
  /** In the order in which they were written. */
  entries: Entry[];
  /** Those of the last minutes. */
  sent: Sent[];
  /** The browser had no room for the latest command, which was not taken. */
  isFull: boolean;
  /** What this person typed or pressed, and the browser gives back as something that can't be read. */
  unreadable: Unreadable[];
  /** The server does not answer. */
  isServerAway: boolean;
}

export interface OutboxParts {
  /** Whose commands they are: others' wait until they are back. */
  user: string;
  shelf: Shelf;
  gate: Gate;
  lock: Lock;
  /** Rejects with ApiError or Unreachable. The outbox asks the gate itself. */
  ask: Ask;
}

/** A command that was taken out of the outbox. */
export interface Taken {
  command: Command;
  mayHaveArrived: boolean;
}

const REFUSALS = new Set([
  ...['ValidationError', 'TicketNotFound', 'TicketAlreadyExists', 'CommandIdReused', 'Unauthorized'],
  ...['VersionConflict', 'InvalidTransition'],
]);

/** After so many other errors the server will not take the command. */
const MOST_ATTEMPTS = 6;
const REMEMBERED_MS = 600_000;
const LONG_MS = 60_000;

/**
 * Sends commands, each until the API has it or refuses it. They outlive the page. Any tab may send them, but no two tabs
 * send commands of one ticket at a time, and those of one ticket go in order. A lost answer is followed by the same
 * command with the same id, which the API carries out once.
 */
export class Outbox extends Store<OutboxState> {
  private readonly busy = new Set<string>();
  private readonly entries = new Map<string, Entry>();
  private readonly sent = new Map<string, Sent>();
  private readonly prefix: string;
  private readonly sentPrefix: string;
  private stopListening?: () => void;
  private isStopped = false;

  constructor(private readonly parts: OutboxParts) {
    super({ entries: [], sent: [], isFull: false, unreadable: [], isServerAway: false });
    this.prefix = `desk.outbox.${parts.user}/`;
    this.sentPrefix = `desk.sent.${parts.user}/`;
  }

  start(): void {
    this.isStopped = false;
    this.stopListening = this.parts.shelf.listen((key) => {
      if (key.startsWith(this.prefix) || key.startsWith(this.sentPrefix)) {
        this.refresh(key);
        this.show();
      } else if (isAside(key)) {
        this.showUnreadable();
      } else if (key === GATE) {
        this.set({ isServerAway: !this.parts.gate.isOpen });
      }
    });
    const { shelf } = this.parts;
    [this.entries, this.sent].forEach((known) => known.clear());
    [...shelf.keys(this.prefix), ...shelf.keys(this.sentPrefix)].forEach((key) => this.refresh(key));
    this.forgetOld();
    this.show();
    this.showUnreadable();
    this.set({ isServerAway: !this.parts.gate.isOpen });
  }

  stop(): void {
    this.isStopped = true;
    this.stopListening?.();
    // Whoever waits wakes up and sees that it is over.
    this.set({});
  }

  /** Keeps the command, then sends it, after `holdMs` at the earliest. Null if there is no room: then it is not taken. */
  send(command: Command, holdMs = 0): string | null {
    const commandId = crypto.randomUUID();
    const now = Date.now();
    const at = Math.max(now, (this.state().entries.at(-1)?.at ?? 0) + 1);
    const earlier = this.state().entries.filter((entry) => laneOf(entry) === laneOf({ commandId, command }));
    try {
      this.write({ commandId, command, at, due: now + holdMs, attempts: 0 });
      this.set({ isFull: false });
    } catch {
      this.set({ isFull: true });
      return null;
    }
    // Whoever goes on with a ticket stands by what they did to it before.
    earlier.filter(({ due }) => due > now).forEach((entry) => void this.change(entry.commandId, { due: 0 }));
    return commandId;
  }

  /** Sends at once what is held, refused or waiting for the server. */
  async sendNow(commandId: string): Promise<void> {
    await this.parts.gate.hurry();
    await this.change(commandId, { due: 0, attempts: 0, refusal: undefined });
  }

  /** Takes a command out. It waits while the command is being sent; null if the API has it. */
  async take(commandId: string): Promise<Taken | null> {
    return this.exclusively(commandId, (entry) => {
      this.parts.shelf.remove(this.prefix + commandId);
      return { command: entry.command, mayHaveArrived: entry.attempts > 0 && !entry.refusal };
    });
  }

  private async change(commandId: string, change: Partial<Entry>): Promise<void> {
    await this.exclusively(commandId, (entry) => this.write({ ...entry, ...change }));
  }

  private async exclusively<T>(commandId: string, act: (entry: Entry) => T): Promise<T | null> {
    const known = this.read(commandId);
    return (
      known &&
      this.parts.lock(this.lockOf(laneOf(known)), () => {
        const entry = this.read(commandId);
        return entry && act(entry);
      })
    );
  }

  /** Takes over what one key has by now: with hundreds of commands, reading all of them each time takes seconds. */
  private refresh(key: string): void {
    const { shelf } = this.parts;
    if (key.startsWith(this.prefix)) {
      keepIn(this.entries, key, readJson<Entry>(shelf, key));
    } else {
      keepIn(this.sent, key, readJson<Sent>(shelf, key));
    }
  }

  /** Discards a text that can't be read. */
  forget({ key }: Unreadable): void {
    this.parts.shelf.remove(key);
  }

  private showUnreadable(): void {
    const { shelf, user } = this.parts;
    this.set({ unreadable: [this.prefix, `desk.draft.${user}/`].flatMap((prefix) => unreadable(shelf, prefix)) });
  }

  private show(): void {
    this.set({ entries: inOrder(this.entries), sent: inOrder(this.sent) });
    if (!this.isStopped) {
      new Set(this.state().entries.map(laneOf)).forEach((lane) => this.run(lane));
    }
  }

  private run(lane: string): void {
    if (!this.busy.has(lane)) {
      this.busy.add(lane);
      void this.drain(lane).finally(() => this.busy.delete(lane));
    }
  }

  private async drain(lane: string): Promise<void> {
    const wakeful = (wake: () => void) => this.listen(wake);
    for (let head = this.head(lane); head && !this.isStopped; head = this.head(lane)) {
      const wait = head.due - Date.now();
      if (wait > 0) {
        await pause(Math.min(wait, LONG_MS), wakeful);
      } else {
        const pass = await this.parts.gate.pass();
        if (!this.isStopped) {
          await this.parts.lock(this.lockOf(lane), () => this.attempt(lane, pass));
        }
      }
    }
  }

  /** What is to be sent next, read anew: another tab may have sent what this one remembers. */
  private head(lane: string): Entry | undefined {
    for (const known of this.state().entries) {
      const entry = laneOf(known) === lane ? this.read(known.commandId) : null;
      if (entry && !entry.refusal) {
        return entry;
      }
    }
    return undefined;
  }

  private async attempt(lane: string, pass: Pass): Promise<void> {
    const head = this.head(lane);
    // While this tab waited for its turn, another may have sent it, or found that the server does not answer.
    const isOutdated = !pass.isProbe && !this.parts.gate.isOpen;
    if (!head || head.due > Date.now() || isOutdated) {
      return;
    }
    const entry = { ...head, attempts: head.attempts + 1 };
    // First: if this page ends now, whoever sends it next knows that it may have arrived.
    this.write(entry);
    try {
      await this.deliver(entry, pass);
    } catch (error) {
      if (error instanceof ApiError) {
        this.failed(entry, error);
      } else if (!(error instanceof Unreachable)) {
        throw error;
      }
      // Without an answer it stays as it is, and the gate says when to send it again.
    }
  }

  private async deliver(entry: Entry, pass: Pass): Promise<void> {
    const { gate, ask } = this.parts;
    try {
      const ticket = await gate.send(pass, async () => {
        const known = entry.attempts > 1 ? await this.find(entry) : null;
        return known ?? (await sendCommand(ask, entry));
      });
      this.arrived(entry, ticket);
    } catch (error) {
      if (!(error instanceof ApiError)) {
        throw error;
      }
      await this.refused(entry, error);
    }
  }

  private async find({ command }: Entry): Promise<Whole | null> {
    return command.type === 'AddComment' ? findComment(this.parts.ask, command, this.parts.user) : null;
  }

  private arrived({ commandId, command, mergedWith }: Entry, ticket: Whole): void {
    const sent: Sent = { commandId, command, ticket, at: Date.now(), mergedWith };
    this.parts.shelf.write(this.sentPrefix + commandId, JSON.stringify(sent));
    this.tellFollowing(commandId, ticket);
    this.parts.shelf.remove(this.prefix + commandId);
    this.forgetOld();
  }

  /** Tells what comes after a command on the same ticket of it. Of comments the next is enough: it tells the one after it. */
  private tellFollowing(commandId: string, ticket: Whole): void {
    let isNext = true;
    for (const entry of this.state().entries) {
      if (entry.commandId !== commandId && laneOf(entry) === ticket.id) {
        const isTold = entry.command.type !== 'AddComment' || isNext || entry.refusal;
        const newest = isTold ? this.read(entry.commandId) : null;
        if (newest) {
          this.write({ ...newest, command: following(newest.command, ticket) });
        }
        isNext &&= entry.command.type !== 'AddComment' || !!entry.refusal;
      }
    }
  }

  private async refused(entry: Entry, error: ApiError): Promise<void> {
    const { type, message, info } = error;
    if (type === 'VersionConflict' && entry.command.type === 'UpdateTicket') {
      await this.meet(entry, entry.command, Number(info?.currentVersion));
    } else if (REFUSALS.has(type) && !isOutpaced(entry.command, type)) {
      this.park(entry, { type, message, info });
    } else {
      this.failed(entry, error);
    }
  }

  /** The server broke over it, or others were faster: it is sent some more times. */
  private failed(entry: Entry, { type, message, info }: ApiError): void {
    if (entry.attempts >= MOST_ATTEMPTS) {
      this.park(entry, { type, message, info });
    } else {
      this.write({ ...entry, due: Date.now() + backoff(entry.attempts + 2) });
    }
  }

  /** Somebody was faster. What does not touch the same fields is put together without asking. */
  private async meet(entry: Entry, update: Update, version: number): Promise<void> {
    const { gate, user } = this.parts;
    const pass = await gate.pass();
    const ask: Ask = (document, variables) => gate.send(pass, () => this.parts.ask(document, variables));
    const written = entry.attempts > 1 ? await findUpdate(ask, update, user) : null;
    if (written) {
      this.arrived(entry, written);
      return;
    }
    const theirs = await readVersion(ask, update.input.id, version);
    if (theirs === null) {
      this.park(entry, { type: 'TicketNotFound', message: 'The ticket is not there.', info: null });
      return;
    }
    const merged = merge(update, theirs.ticket);
    if (merged.outcome === 'clash') {
      const conflict = { clashes: merged.clashes, theirs: theirs.ticket, actor: theirs.actor };
      this.park(entry, { type: 'VersionConflict', message: 'Somebody changed the same.', info: null, conflict });
    } else if (merged.outcome === 'merged') {
      const others = [...new Set([...(entry.mergedWith ?? []), ...merged.others])];
      this.write({ ...entry, command: merged.update, mergedWith: others });
    } else {
      this.arrived(entry, theirs.ticket);
    }
  }

  private park(entry: Entry, refusal: Refusal): void {
    this.write({ ...entry, refusal });
  }

  private forgetOld(): void {
    for (const [key, { at }] of [...this.sent]) {
      if (at < Date.now() - REMEMBERED_MS) {
        this.parts.shelf.remove(key);
      }
    }
  }

  private read(commandId: string): Entry | null {
    return readJson<Entry>(this.parts.shelf, this.prefix + commandId);
  }

  private write(entry: Entry): void {
    this.parts.shelf.write(this.prefix + entry.commandId, JSON.stringify(entry));
  }

  private lockOf(lane: string): string {
    return this.prefix + lane;
  }
}

/** A command that follows one of the same person's: it need not be told of what that one did. */
function following(command: Command, ticket: Whole): Command {
  switch (command.type) {
    case 'CreateTicket':
      return command;
    case 'UpdateTicket':
      return command.base.version === ticket.version - 1 ? { ...command, base: ticket } : command;
    case 'AddComment':
      return { ...command, after: Math.max(command.after, ticket.version) };
  }
}

function keepIn<T>(map: Map<string, T>, key: string, value: T | null): void {
  if (value === null) {
    map.delete(key);
  } else {
    map.set(key, value);
  }
}

function inOrder<T extends { at: number; commandId: string }>(map: ReadonlyMap<string, T>): T[] {
  return [...map.values()].sort((a, b) => a.at - b.at || (a.commandId < b.commandId ? -1 : 1));
}

/** Others were faster as often as the API tries by itself. A comment decides nothing, so it is as good later. */
function isOutpaced({ type }: Command, errorType: string): boolean {
  return type === 'AddComment' && errorType === 'VersionConflict';
}
