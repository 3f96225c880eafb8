import { createPrivateKey, createPublicKey, generateKeyPair, type KeyObject, randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { calculateJwkThumbprint, type JWK } from 'jose';
import { StartError } from '../../shared/start-error';

export interface SigningKey {
  privateKey: KeyObject;
  /** With `kid`, `alg` and `use`, as Cognito publishes its keys. */
  publicJwk: JWK & { kid: string };
}

/** The file of a signing key holds something else. */
export class UnreadableKeyError extends StartError {
  override readonly name = 'UnreadableKeyError';
  constructor(file: string, options: ErrorOptions) {
    super(
      `${file} holds no private key in PEM. Remove it to get a new key; tokens of the old one end with that.`,
      options,
    );
  }
}

/**
 * The RSA key called `name`: the one kept in `directory`, made there if there is none. Without a directory,
 * a new one.
 * @throws UnreadableKeyError when the file is broken; what the file system says, as it comes.
 */
export async function signingKey(name: string, directory?: string): Promise<SigningKey> {
  return described(directory === undefined ? await newPem() : await kept(name, directory));
}

async function kept(name: string, directory: string): Promise<Pem> {
  // The name becomes part of a path.
  if (!/^[\w-]+$/.test(name)) {
    throw new RangeError(`A pool id has letters, digits, "_" and "-": "${name}".`);
  }
  const file = join(directory, `user-pool-${name}.pem`);
  const existing = await readIfThere(file);
  if (existing !== undefined) {
    return { pem: existing, file };
  }

  const { pem } = await newPem();
  const draft = `${file}.${randomUUID()}`;
  try {
    await mkdir(directory, { recursive: true });
    await writeFile(draft, pem, { mode: 0o600, flush: true });
    // A link appears whole or not at all, and only for the first of two processes that start together.
    await link(draft, file);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) {
      throw new Error(`${file} can't be written: ${(error as Error).message}`, { cause: error });
    }
  } finally {
    await rm(draft, { force: true });
  }
  return { pem: await readFile(file, 'utf8'), file };
}

interface Pem {
  pem: string;
  file: string;
}

async function newPem(): Promise<Pem> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  return { pem: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string, file: 'The new key' };
}

async function described({ pem, file }: Pem): Promise<SigningKey> {
  const privateKey = privateKeyOf(pem, file);
  const jwk: JWK = createPublicKey(privateKey).export({ format: 'jwk' });
  return { privateKey, publicJwk: { ...jwk, kid: await calculateJwkThumbprint(jwk), alg: 'RS256', use: 'sig' } };
}

function privateKeyOf(pem: string, file: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch (cause) {
    throw new UnreadableKeyError(file, { cause });
  }
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) {
      return undefined;
    }
    throw error;
  }
}

function hasCode(error: unknown, code: string): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}
