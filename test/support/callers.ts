import {
  decodeJwt,
  decodeProtectedHeader,
  type JWTHeaderParameters,
  type JWTPayload,
  SignJWT,
  UnsecuredJWT,
} from 'jose';
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { apiKey, bearer, nobody, type Proof, signedBy } from './credentials';
import type { Inside } from './inside';

/** Everybody who may call, and those who only try. Alice is the owner of what she creates; mallory is another. */
export async function callersOf(system: Inside) {
  const { app } = system;
  const [alice, aliceById] = [await app.token({ user: 'alice' }), await idTokenOf(system, 'alice')];
  const key = system.poolKey();
  const anotherKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  const publicKey = new TextEncoder().encode('a secret that everybody knows: the public key of the pool');
  const { iat, exp } = decodeJwt(alice) as { iat: number; exp: number };
  const projector = await system.assume('Projector');
  return {
    owner: bearer(alice),
    // Signed anew: what is wrong with those below is their claims, not their signature.
    'owner by id token': bearer(await signed(aliceById, {}, key)),
    other: bearer(await app.token({ user: 'mallory' })),
    // Groups that only sound like it.
    'other in a group': bearer(await app.token({ user: 'mallory', groups: ['agent', 'Agents', 'requesters'] })),
    agent: bearer(await app.token({ user: 'bob', groups: ['agents'] })),
    'API key': apiKey,
    'projector role': signedBy(projector),
    // An operator of the account, with every right that IAM can give to an API.
    'IAM operator': signedBy(await app.credentials([{ Effect: 'Allow', Action: 'appsync:*', Resource: '*' }])),
    'IAM stranger': signedBy(await app.credentials([])),

    anonymous: nobody,
    'wrong API key': () => Promise.resolve({ 'x-api-key': 'da2-guessed' }),
    expired: bearer(await signed(alice, { iat: iat - 2 * HOUR, exp: exp - 2 * HOUR }, key)),
    'forged: another key': bearer(await signed(alice, {}, anotherKey)),
    'forged: other claims': bearer(withClaims(alice, { 'cognito:groups': ['agents'] })),
    'forged: no signature': bearer(new UnsecuredJWT(decodeJwt(alice)).encode()),
    'forged: a shared secret': bearer(
      await new SignJWT(decodeJwt(alice)).setProtectedHeader({ alg: 'HS256' }).sign(publicKey),
    ),
    'wrong issuer': bearer(await signed(alice, { iss: `${ISSUERS}/us-east-1_Another` }, key)),
    'wrong audience': bearer(await signed(alice, { client_id: 'another' }, key)),
    'wrong audience, id token': bearer(await signed(aliceById, { aud: 'another' }, key)),
    'forged signature': signedBy({ ...projector, secretAccessKey: 'guessed' }),
  } satisfies Record<string, Proof>;
}

export type CallerName = keyof Awaited<ReturnType<typeof callersOf>>;

const HOUR = 3600;
const ISSUERS = 'https://cognito-idp.us-east-1.amazonaws.com';

async function idTokenOf({ url }: Inside, user: string): Promise<string> {
  const { token } = (await (await fetch(`${url}/local/token?user=${user}&use=id`)).json()) as { token: string };
  return token;
}

/** The token with other claims, signed anew. */
function signed(token: string, changes: JWTPayload, key: KeyObject): Promise<string> {
  const header = decodeProtectedHeader(token) as JWTHeaderParameters;
  return new SignJWT({ ...decodeJwt(token), ...changes }).setProtectedHeader(header).sign(key);
}

/** The same signature over other claims. */
function withClaims(token: string, changes: JWTPayload): string {
  const [head, , signature] = token.split('.');
  const claims = Buffer.from(JSON.stringify({ ...decodeJwt(token), ...changes })).toString('base64url');
  return `${head}.${claims}.${signature}`;
}
