import type { Lock } from '../shared/lock';
import { readJson, type Shelf } from '../shared/shelf';
import { Store } from '../store';

/** What somebody typed and did not send. */
export interface Kept<T = unknown> {
  value: T;
  /** When it was typed. */
  at: number;
}

export interface DraftsState {
  /** By what they are drafts of: see `draftOf`. */
  kept: ReadonlyMap<string, Kept>;
  /** The browser has no room: a reload would lose what is typed. */
  isFull: boolean;
}

export interface DraftsParts {
  user: string;
  /** The tab that types. */
  tab: string;
  /** Whether that tab is still open. */
  isOpen(tab: string): Promise<boolean>;
  shelf: Shelf;
  lock: Lock;
}

/** The name of a draft: what is typed where, and about which ticket. */
export function draftOf(place: 'edit' | 'comment', ticketId: string): string {
  return `${place}:${ticketId}`;
}

export const NEW_TICKET = 'new';

/** What is typed as a comment. */
export interface CommentDraft {
  body: string;
  isNote: boolean;
}

/** Drafts of one tab. They outlive the page, and a tab that was closed leaves its drafts to the next that looks for them. */
export class Drafts extends Store<DraftsState> {
  private readonly userPrefix: string;
  private readonly prefix: string;

  constructor(private readonly parts: DraftsParts) {
    super({ kept: new Map(), isFull: false });
    this.userPrefix = `desk.draft.${parts.user}/`;
    this.prefix = `${this.userPrefix}${parts.tab}/`;
    const { shelf } = parts;
    const kept = shelf.keys(this.prefix).flatMap((key) => {
      const draft = readJson<Kept>(shelf, key);
      return draft ? [[key.slice(this.prefix.length), draft] as const] : [];
    });
    this.set({ kept: new Map(kept) });
  }

  get<T>(name: string): Kept<T> | null {
    return (this.state().kept.get(name) as Kept<T> | undefined) ?? null;
  }

  put(name: string, value: unknown): void {
    this.keep(name, { value, at: Date.now() });
  }

  /** Returns what was there, for whoever wants it back. */
  clear<T>(name: string): Kept<T> | null {
    const cleared = this.get<T>(name);
    if (cleared) {
      const kept = new Map(this.state().kept);
      kept.delete(name);
      this.parts.shelf.remove(this.prefix + name);
      this.set({ kept });
    }
    return cleared;
  }

  /** Takes over what closed tabs left behind, unless something is typed here already. */
  async adopt(): Promise<void> {
    const { shelf, lock } = this.parts;
    await lock(this.userPrefix, async () => {
      for (const key of shelf.keys(this.userPrefix)) {
        const [tab, name] = parted(key.slice(this.userPrefix.length));
        const draft = readJson<Kept>(shelf, key);
        if (draft && !this.get(name) && !(await this.isOpen(tab))) {
          this.keep(name, draft);
          shelf.remove(key);
        }
      }
    });
  }

  private async isOpen(tab: string): Promise<boolean> {
    return tab === this.parts.tab || this.parts.isOpen(tab);
  }

  private keep(name: string, draft: Kept): void {
    const isFull = !this.hasRoomFor(name, draft);
    this.set({ kept: new Map(this.state().kept).set(name, draft), isFull });
  }

  private hasRoomFor(name: string, draft: Kept): boolean {
    try {
      this.parts.shelf.write(this.prefix + name, JSON.stringify(draft));
      return true;
    } catch {
      // What is typed stays on the page, which says that it is not kept.
      return false;
    }
  }
}

/** `tab/name`, where a name may have slashes. */
function parted(text: string): [tab: string, name: string] {
  const end = text.indexOf('/');
  return [text.slice(0, end), text.slice(end + 1)];
}
