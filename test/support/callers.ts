import { SignJWT, UnsecuredJWT } from 'jose';
import {
  LocalUserPool,
  type LocalUserPoolOptions,
  type PoolUser,
} from '../../packages/local-appsync/src/services/cognito/user-pool';
import { apiKey, bearer, nobody, type Proof, signedBy } from './credentials';
import type { Inside } from './inside';

const HOURS = 3600_000;

/** Everybody who may call, and those who only try. Alice is the owner of what she creates; mallory is another. */
export async function callersOf(system: Inside) {
  const [pool, client] = ['AWS::Cognito::UserPool', 'AWS::Cognito::UserPoolClient'].map(
    (type) => system.deployment.resources(type)[0]!.physical.ref,
  ) as [string, string];
  const options: LocalUserPoolOptions = { poolId: pool, clientId: client, region: 'us-east-1', directory: system.keys };
  const token = (user: Partial<PoolUser>, others: Partial<LocalUserPoolOptions> = {}) =>
    new LocalUserPool({ ...options, ...others }).token({ username: 'alice', groups: [], ...user });
  const access = async (user: Partial<PoolUser>, others?: Partial<LocalUserPoolOptions>): Promise<Proof> =>
    bearer(await token(user, others));

  const alice = await token({});
  const key = new TextEncoder().encode('a secret that everybody knows: the public key of the pool');
  return {
    owner: bearer(alice),
    'owner by id token': await access({ use: 'id' }),
    other: await access({ username: 'mallory' }),
    // A group that only sounds like it.
    'other in a group': await access({ username: 'mallory', groups: ['agent', 'Agents', 'requesters'] }),
    agent: await access({ username: 'bob', groups: ['agents'] }),
    'API key': apiKey,
    'projector role': signedBy(system.assume(/Projector/)),
    // An operator of the account, with every right that IAM can give to an API.
    'IAM operator': signedBy(
      system.assumeAnother('operator', [{ Effect: 'Allow', Action: 'appsync:*', Resource: '*' }]),
    ),
    // Named as the projector's role is, but for a letter.
    'IAM stranger': signedBy(system.assumeAnother('operator', [])),

    anonymous: nobody,
    'wrong API key': () => Promise.resolve({ 'x-api-key': 'da2-guessed' }),
    expired: await access({}, { now: () => Date.now() - 2 * HOURS }),
    'forged: another key': await access({}, { directory: undefined }),
    'forged: other claims': bearer(withClaims(alice, { 'cognito:groups': ['agents'] })),
    'forged: no signature': bearer(new UnsecuredJWT(claimsOf(alice)).encode()),
    'forged: a shared secret': bearer(
      await new SignJWT(claimsOf(alice)).setProtectedHeader({ alg: 'HS256' }).sign(key),
    ),
    'wrong issuer': await access({}, { poolId: 'us-east-1_Another' }),
    'wrong audience': await access({}, { clientId: 'another' }),
    'wrong audience, id token': await access({ use: 'id' }, { clientId: 'another' }),
    'forged signature': signedBy({ ...system.assume(/Projector/), secretAccessKey: 'guessed' }),
  } satisfies Record<string, Proof>;
}

export type CallerName = keyof Awaited<ReturnType<typeof callersOf>>;

function claimsOf(token: string) {
  return JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as Record<string, unknown>;
}

/** The same signature over other claims. */
function withClaims(token: string, changes: Record<string, unknown>): string {
  const [head, , signature] = token.split('.');
  const claims = Buffer.from(JSON.stringify({ ...claimsOf(token), ...changes })).toString('base64url');
  return `${head}.${claims}.${signature}`;
}
