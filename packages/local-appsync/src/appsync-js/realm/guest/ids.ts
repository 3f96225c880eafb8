import { host } from './host';

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** KSUID counts seconds from 2014-05-13T16:53:20Z (https://github.com/segmentio/ksuid). */
const KSUID_EPOCH_SECONDS = 1_400_000_000;

/** `value` in the base of `alphabet`, left-padded to `length` digits. */
function digits(value: bigint, alphabet: string, length: number): string {
  const base = BigInt(alphabet.length);
  let rest = value;
  let text = '';
  for (let place = 0; place < length; place += 1) {
    text = alphabet.charAt(Number(rest % base)) + text;
    rest /= base;
  }
  return text;
}

function randomBits(bytes: number): bigint {
  return BigInt(`0x${host().randomHex(bytes)}`);
}

export function autoId(): string {
  return host().randomUUID();
}

/** 48 bits of milliseconds and 80 random bits (https://github.com/ulid/spec). */
export function autoUlid(): string {
  return digits((BigInt(host().now()) << 80n) | randomBits(10), CROCKFORD, 26);
}

/** 32 bits of seconds and 128 random bits, base 62, 27 characters. */
export function autoKsuid(): string {
  const seconds = Math.floor(host().now() / 1000) - KSUID_EPOCH_SECONDS;
  return digits((BigInt(seconds) << 128n) | randomBits(16), BASE62, 27);
}
