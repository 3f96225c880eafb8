import type { DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';

export type KnownDocuments = LRUCache<string, DocumentNode>;

/** Documents by their text: clients send the same few again and again. Sizes are characters of text. */
export function knownDocuments(): KnownDocuments {
  return new LRUCache({
    max: 500,
    maxSize: 1_000_000,
    maxEntrySize: 10_000,
    sizeCalculation: (_, text) => text.length,
  });
}
