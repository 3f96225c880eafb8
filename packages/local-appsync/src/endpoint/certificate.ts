import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import { replaceFile } from '../shared/replace-file';

/** A certificate for this machine's own name, and the file that clients can be told to trust. */
export interface Certificate {
  cert: string;
  key: string;
  file: string;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const VALID_DAYS = 365;
/** One that ends sooner is made anew. */
const RENEW_DAYS = 30;

/**
 * The self-made certificate of a folder, made there if there is none that is good for a while. It vouches for
 * localhost alone and for no other certificate, so trusting it opens nothing else. Where it can't be stored, the log
 * says so, and it is good until the system stops.
 */
export async function localCertificate(
  directory: string,
  { now = new Date(), log = console.error }: { now?: Date; log?: (line: string) => void } = {},
): Promise<Certificate> {
  const file = join(directory, 'certificate.pem');
  const keyFile = join(directory, 'certificate-key.pem');
  const kept = keptPair(file, keyFile);
  if (kept && isGood(kept, now)) {
    return { ...kept, file };
  }
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'localhost' }], {
    keySize: 2048,
    algorithm: 'sha256',
    notBeforeDate: new Date(now.getTime() - DAY_MS),
    notAfterDate: new Date(now.getTime() + VALID_DAYS * DAY_MS),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
          { type: 7, ip: '::1' },
        ],
      },
    ],
  });
  try {
    mkdirSync(directory, { recursive: true });
    replaceFile(keyFile, (draft) => writeFileSync(draft, key, { mode: 0o600, flush: true }));
    replaceFile(file, (draft) => writeFileSync(draft, cert, { flush: true }));
  } catch (error) {
    log(`${file} can't be written, so no client can be told to trust it: ${(error as Error).message}`);
  }
  return { cert, key, file };
}

type Pair = Pick<Certificate, 'cert' | 'key'>;

function keptPair(file: string, keyFile: string): Pair | undefined {
  try {
    return { cert: readFileSync(file, 'utf8'), key: readFileSync(keyFile, 'utf8') };
  } catch {
    // Not there, or not readable: a new pair takes its place.
    return undefined;
  }
}

function isGood({ cert, key }: Pair, now: Date): boolean {
  try {
    const read = new X509Certificate(cert);
    const staysValid = new Date(read.validTo).getTime() > now.getTime() + RENEW_DAYS * DAY_MS;
    return staysValid && read.checkPrivateKey(createPrivateKey(key));
  } catch {
    // One of them is torn.
    return false;
  }
}
