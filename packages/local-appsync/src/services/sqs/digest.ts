import { createHash } from 'node:crypto';
import type { MessageAttribute } from './message';

/** What clients compare with their own: MD5 of the body, in hexadecimal. */
export function bodyDigest(body: string): string {
  return createHash('md5').update(body).digest('hex');
}

/**
 * Likewise of a message's attributes: names in order; each name, type and value behind its length in four bytes, the
 * value also behind a byte that tells text (1) from binary (2).
 * Source: the SQS developer guide, "Calculating the MD5 message digest for message attributes".
 */
export function attributesDigest(attributes: Record<string, MessageAttribute>): string {
  const hash = createHash('md5');
  const add = (bytes: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    hash.update(length).update(bytes);
  };
  for (const name of Object.keys(attributes).sort()) {
    const { DataType, StringValue, BinaryValue = '' } = attributes[name]!;
    add(Buffer.from(name));
    add(Buffer.from(DataType));
    hash.update(Buffer.from([StringValue === undefined ? 2 : 1]));
    add(StringValue === undefined ? Buffer.from(BinaryValue, 'base64') : Buffer.from(StringValue));
  }
  return hash.digest('hex');
}
