import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { DataSourceFailure } from '../failure';
import { typedJson } from './typed-json';
import { type Item, typedMap } from './typed-value';

/** Where a token is valid: a page is continued by the resolver that began it, on the same table and index. */
export interface PageScope {
  resolver: string;
  tableName: string;
  indexName?: string;
}

const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * nextToken: the key of the last item evaluated, encrypted and authenticated, since clients hold it and a resolver
 * may list on an index whose keys they must not see, let alone choose.
 */
export class PageTokens {
  private readonly key: Buffer;

  constructor(secret: Buffer) {
    this.key = Buffer.from(hkdfSync('sha256', secret, '', 'nextToken', 32));
  }

  seal(lastKey: Item, scope: PageScope): string {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(CIPHER, this.key, iv).setAAD(scopeBytes(scope));
    const sealed = cipher.update(JSON.stringify(typedJson(lastKey)));
    const end = cipher.final();
    return Buffer.concat([iv, cipher.getAuthTag(), sealed, end]).toString('base64url');
  }

  /** @throws DataSourceFailure, in AppSync's words, unless the token was sealed with this secret for this scope. */
  open(token: string, scope: PageScope): Item {
    const bytes = Buffer.from(token, 'base64url');
    // The decoder skips what is not base64url: a token has one spelling only.
    if (bytes.length <= IV_BYTES + TAG_BYTES || bytes.toString('base64url') !== token) {
      throw invalidToken();
    }
    const decipher = createDecipheriv(CIPHER, this.key, bytes.subarray(0, IV_BYTES))
      .setAAD(scopeBytes(scope))
      .setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    const opened = decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES));
    let end: Buffer;
    try {
      end = decipher.final();
    } catch (error) {
      throw invalidToken(error);
    }
    return typedMap(JSON.parse(Buffer.concat([opened, end]).toString()), '$[nextToken]');
  }
}

function scopeBytes({ resolver, tableName, indexName }: PageScope): Buffer {
  return Buffer.from(JSON.stringify([resolver, tableName, indexName ?? null]));
}

function invalidToken(cause?: unknown): DataSourceFailure {
  return new DataSourceFailure(
    'DynamoDB:UserIllegalArgumentException',
    'com.amazonaws.deepdish.common.pagination.InvalidPaginationTokenException: Invalid pagination token given.',
    null,
    { cause },
  );
}
