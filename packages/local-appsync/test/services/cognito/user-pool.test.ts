import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { LocalUserPool, type LocalUserPoolOptions } from '../../../src/services/cognito/user-pool';
import { SmallDisk, testOnSmallDisk } from '../../support/small-disk';
import { UserPoolProvider } from '../../../src/services/appsync/auth/user-pool-provider';
import { unauthorized } from '../appsync/auth/requests';
import { bearing, NOW, SECONDS } from '../appsync/auth/tokens';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

function pool(options: Partial<LocalUserPoolOptions> = {}) {
  return new LocalUserPool({
    poolId: 'us-east-1_pool',
    region: 'us-east-1',
    clientId: 'web',
    now: () => NOW,
    ...options,
  });
}

function providerOf({ issuer, keys }: LocalUserPool, now = NOW) {
  return new UserPoolProvider({ issuer, keys, appIdClientRegex: 'web', now: () => now });
}

describe('LocalUserPool', () => {
  const shared = pool();
  const alice = { username: 'alice', groups: ['agents'] };

  test("an access token has the claims of Cognito's", async () => {
    const token = await shared.token(alice);
    expect(decodeProtectedHeader(token)).toEqual({ alg: 'RS256', kid: expect.any(String) as unknown });
    expect(decodeJwt(token)).toEqual({
      sub: expect.stringMatching(UUID) as unknown,
      'cognito:groups': ['agents'],
      iss: 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_pool',
      username: 'alice',
      client_id: 'web',
      scope: 'aws.cognito.signin.user.admin',
      token_use: 'access',
      auth_time: SECONDS,
      iat: SECONDS,
      exp: SECONDS + 3600,
      jti: expect.stringMatching(UUID) as unknown,
      origin_jti: expect.stringMatching(UUID) as unknown,
      event_id: expect.stringMatching(UUID) as unknown,
    });
  });

  test('an id token names the user and the client in other claims', async () => {
    const claims = decodeJwt(await shared.token({ ...alice, use: 'id' }));
    expect(claims).toMatchObject({ token_use: 'id', 'cognito:username': 'alice', aud: 'web' });
    expect(Object.keys(claims)).not.toEqual(expect.arrayContaining(['client_id']));
  });

  test('without groups there is no claim of them', async () => {
    expect(decodeJwt(await shared.token({ username: 'bob', groups: [] }))).not.toHaveProperty('cognito:groups');
  });

  test('a subject stays with its name and pool', async () => {
    const subject = async (of: LocalUserPool, username: string) =>
      decodeJwt(await of.token({ username, groups: [] })).sub;
    expect(await subject(shared, 'alice')).toBe(await subject(pool(), 'alice'));
    expect(await subject(shared, 'alice')).not.toBe(await subject(shared, 'bob'));
    expect(await subject(shared, 'alice')).not.toBe(await subject(pool({ poolId: 'us-east-1_other' }), 'alice'));
  });

  test.each(['access', 'id'] as const)('an %s token is taken like a real one', async (use) => {
    const caller = await providerOf(shared).authenticate(bearing(await shared.token({ ...alice, use })));
    expect(caller).toMatchObject({ groups: ['agents'], identity: { username: 'alice' } });
  });

  test('a token ends when it was told to', async () => {
    const token = await shared.token({ ...alice, expiresInSeconds: 60 });
    await expect(providerOf(shared, NOW + 59_000).authenticate(bearing(token))).resolves.toBeDefined();
    await expect(providerOf(shared, NOW + 60_000).authenticate(bearing(token))).rejects.toMatchObject(
      unauthorized('Token has expired.'),
    );
  });

  test('a pool that keeps no key does not know the tokens of another run', async () => {
    const token = await pool().token(alice);
    await expect(providerOf(pool()).authenticate(bearing(token))).rejects.toMatchObject(unauthorized(/not authorized/));
  });

  test.each(['', 'two words', 'x'.repeat(129)])('the name "%s" is no username', async (username) => {
    await expect(shared.token({ username, groups: [] })).rejects.toThrow(RangeError);
  });

  test('a name in any script is a username', async () => {
    await expect(shared.token({ username: 'žofie@例え', groups: [] })).resolves.toEqual(expect.any(String));
  });
});

describe('LocalUserPool with a directory', () => {
  let root: string;
  let directory: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'user-pool-'));
    directory = join(root, 'made', 'here');
  });
  afterEach(() => rm(root, { recursive: true }));

  const alice = { username: 'alice', groups: [] };
  const FILE = 'user-pool-us-east-1_pool.pem';

  test('tokens outlive a restart', async () => {
    const token = await pool({ directory }).token(alice);
    await expect(providerOf(pool({ directory })).authenticate(bearing(token))).resolves.toMatchObject({
      identity: { username: 'alice' },
    });
  });

  test('nobody but the owner may read the key, and nothing else is left behind', async () => {
    await pool({ directory }).token(alice);
    expect(await readdir(directory)).toEqual([FILE]);
    expect((await stat(join(directory, FILE))).mode & 0o777).toBe(0o600);
  });

  test('pools that start together end up with one key', async () => {
    const pools = Array.from({ length: 5 }, () => pool({ directory }));
    const tokens = await Promise.all(pools.map((each) => each.token(alice)));
    expect(new Set(tokens.map((token) => decodeProtectedHeader(token).kid)).size).toBe(1);
    expect(await readdir(directory)).toEqual([FILE]);
  });

  test('each pool has a key of its own', async () => {
    const [first, second] = await Promise.all(
      ['us-east-1_pool', 'us-east-1_other'].map((poolId) => pool({ directory, poolId }).token(alice)),
    );
    expect(decodeProtectedHeader(first!).kid).not.toBe(decodeProtectedHeader(second!).kid);
  });

  test('a broken key file is named, and once it is gone the pool goes on', async () => {
    const broken = pool({ directory });
    await pool({ directory }).token(alice);
    await writeFile(join(directory, FILE), 'not a key');
    await expect(broken.token(alice)).rejects.toThrow(`${join(directory, FILE)} holds no private key`);
    await rm(join(directory, FILE));
    await expect(broken.token(alice)).resolves.toEqual(expect.any(String));
  });

  testOnSmallDisk(
    'a key that a full disk does not take is named and leaves nothing, and once there is room the pool goes on',
    async () => {
      const disk = new SmallDisk(64 * 1024);
      try {
        const full = pool({ directory: disk.folder });
        disk.fill();
        await expect(full.token(alice)).rejects.toThrow(`${join(disk.folder, FILE)} can't be written: ENOSPC`);
        expect(await readdir(disk.folder)).toEqual(['ballast']);
        disk.free();
        await expect(full.token(alice)).resolves.toEqual(expect.any(String));
      } finally {
        disk.remove();
      }
    },
  );

  test('a pool id that would lead out of the directory is refused', async () => {
    await expect(pool({ directory, poolId: '../pool' }).token(alice)).rejects.toThrow(RangeError);
  });
});
