/**
 * The few things the guest takes from outside. They live in closures of the guest and are
 * never handed to resolver code; only strings and numbers go through them.
 */
export interface Host {
  now(): number;
  randomUUID(): string;
  /** `bytes` random bytes as lower-case hex. */
  randomHex(bytes: number): string;
  base64Encode(text: string): string;
  base64Decode(base64: string): string;
  log(level: 'log' | 'error', line: string): void;
  /** Loads the date formats into this realm: big, so only when a resolver first needs them. */
  loadDateFormats(): (intrinsics: object) => DateFormats;
}

/** Java DateTimeFormatter patterns; implemented in dateFormats.ts. */
export interface DateFormats {
  format(epochMilliSeconds: number, pattern: string, zone: string): string;
  parse(text: string, pattern: string, zone: string | null): number;
}

let installed: Host | undefined;

export function setHost(host: Host): void {
  installed = host;
}

export function host(): Host {
  if (!installed) {
    throw new Error('The realm was used before its host was set.');
  }
  return installed;
}
