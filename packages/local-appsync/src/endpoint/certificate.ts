import { X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generate } from 'selfsigned';

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
 * localhost alone and for no other certificate, so trusting it opens nothing else.
 */
export async function localCertificate(directory: string, now = new Date()): Promise<Certificate> {
  const file = join(directory, 'certificate.pem');
  const keyFile = join(directory, 'certificate-key.pem');
  if (existsSync(keyFile) && isGoodFor(file, now)) {
    return { cert: readFileSync(file, 'utf8'), key: readFileSync(keyFile, 'utf8'), file };
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
  mkdirSync(directory, { recursive: true });
  writeFileSync(keyFile, key, { mode: 0o600 });
  writeFileSync(file, cert);
  return { cert, key, file };
}

function isGoodFor(file: string, now: Date): boolean {
  try {
    const { validTo } = new X509Certificate(readFileSync(file));
    return new Date(validTo).getTime() > now.getTime() + RENEW_DAYS * DAY_MS;
  } catch {
    // Not there, or no certificate: a new one takes its place.
    return false;
  }
}
