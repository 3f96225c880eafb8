import { Store } from './store';

/** Something that can be undone for a moment. */
export interface Offer {
  id: string;
  words: string;
  undo(): void;
}

export const OFFER_MS = 10_000;

export class Offers extends Store<{ offers: Offer[] }> {
  constructor() {
    super({ offers: [] });
  }

  add(words: string, undo: () => void): void {
    const id = crypto.randomUUID();
    const end = () => this.set({ offers: this.state().offers.filter((offer) => offer.id !== id) });
    const timer = setTimeout(end, OFFER_MS);
    const offer = {
      id,
      words,
      undo: () => {
        clearTimeout(timer);
        end();
        undo();
      },
    };
    this.set({ offers: [...this.state().offers, offer] });
  }
}
