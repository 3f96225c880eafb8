import { LIMITS } from '../limits';

export interface RealtimeOptions {
  /** How often a `ka` frame is sent. Clients give a link up after 65 s without a frame. */
  keepAliveMs: number;
  /** How long a connection may stay open. */
  connectionMs: number;
  /**
   * A client that lets this much wait to be sent is cut off, so that it can't fill the memory. One change for each
   * subscription that a connection may have always fits.
   */
  maxBufferedBytes: number;
  /** Hears of faults of ours, of which clients learn no details. */
  log: (line: string) => void;
}

export const DEFAULTS: RealtimeOptions = {
  keepAliveMs: 55_000,
  connectionMs: LIMITS.connectionMs,
  maxBufferedBytes: 32 * 1024 * 1024,
  log: (line) => console.error(line),
};
