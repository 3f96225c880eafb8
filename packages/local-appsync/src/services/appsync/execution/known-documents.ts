import type { DocumentNode } from 'graphql';

const MOST_DOCUMENTS = 500;
const LONGEST_TEXT = 10_000;

/** Documents by their text, the oldest forgotten first: clients send the same few again and again. */
export class KnownDocuments {
  private readonly documents = new Map<string, DocumentNode>();

  get(text: string): DocumentNode | undefined {
    return this.documents.get(text);
  }

  add(text: string, document: DocumentNode): void {
    if (text.length > LONGEST_TEXT) {
      return;
    }
    if (this.documents.size >= MOST_DOCUMENTS) {
      this.documents.delete(this.documents.keys().next().value!);
    }
    this.documents.set(text, document);
  }
}
