import { runner } from './support';

const NOW = 1_517_943_695_750;
const { run, valueOf, errorOf } = runner({ now: () => NOW });

function distinct(call: string) {
  return new Set(valueOf(`[${Array(50).fill(call).join(', ')}]`) as string[]);
}

function numberIn(alphabet: string, text: string): bigint {
  return [...text].reduce((sum, digit) => sum * BigInt(alphabet.length) + BigInt(alphabet.indexOf(digit)), 0n);
}

describe('Ids', () => {
  it('autoId is a random UUID', () => {
    const ids = distinct('util.autoId()');
    expect(ids.size).toBe(50);
    for (const id of ids) {
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    }
  });

  it('autoUlid starts with its time and has 26 Crockford digits', () => {
    const ids = distinct('util.autoUlid()');
    expect(ids.size).toBe(50);
    for (const id of ids) {
      expect(id).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
      expect(numberIn('0123456789ABCDEFGHJKMNPQRSTVWXYZ', id.slice(0, 10))).toBe(BigInt(NOW));
    }
  });

  it('autoKsuid has 27 base 62 digits and holds the seconds since 2014-05-13', () => {
    const ids = distinct('util.autoKsuid()');
    expect(ids.size).toBe(50);
    const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
    for (const id of ids) {
      expect(id).toMatch(/^[0-9A-Za-z]{27}$/);
      expect(Number(numberIn(alphabet, id) >> 128n) + 1_400_000_000).toBe(Math.floor(NOW / 1000));
    }
  });
});

describe('Text', () => {
  it.each([
    [
      `util.escapeJavaScript("He didn't say, \\"stop\\"/\\n\\\\é\\u0001")`,
      `He didn\\'t say, \\"stop\\"\\/\\n\\\\\\u00E9\\u0001`,
    ],
    ["util.urlEncode('a b&c=d/é~*!()')", 'a+b%26c%3Dd%2F%C3%A9%7E*%21%28%29'],
    ["util.urlDecode('a+b%26c%3Dd%2F%C3%A9')", 'a b&c=d/é'],
    ["util.base64Encode('héllo')", 'aMOpbGxv'],
    ["util.base64Decode('aMOpbGxv')", 'héllo'],
    ["util.urlEncode('\\ud800')", '%3F'],
    ["util.str.normalize('e\\u0301', 'nfc')", '\u00e9'],
    ["util.str.normalize('\\u00e9', 'nfd')", 'e\u0301'],
    ["util.str.normalize('\\ufb01', 'nfkc')", 'fi'],
    ["util.str.normalize('\\ufb01', 'nfkd')", 'fi'],
  ])('%s', (call, value) => {
    expect(valueOf(call)).toBe(value);
  });

  it('normalize names the forms there are', () => {
    expect(errorOf("util.str.normalize('a', 'NFC')")).toContain('"NFC" is none of nfc, nfd, nfkc, nfkd');
  });
});

describe('util.math', () => {
  it.each([
    ['roundNum(10.5)', 11],
    ['roundNum(-1.4)', -1],
    ['minVal(2, 1)', 1],
    ['maxVal(2, 1)', 2],
    ['randomWithinRange(3, 4)', 3],
  ])('%s', (call, value) => {
    expect(valueOf(`util.math.${call}`)).toBe(value);
  });

  it('random numbers stay in their range and differ', () => {
    const doubles = valueOf(`[${Array(50).fill('util.math.randomDouble()').join(', ')}]`) as number[];
    const whole = valueOf(`[${Array(50).fill('util.math.randomWithinRange(-2, 3)').join(', ')}]`) as number[];
    expect(doubles.every((n) => n >= 0 && n < 1)).toBe(true);
    expect(new Set(doubles).size).toBeGreaterThan(1);
    expect(whole.every((n) => Number.isInteger(n) && n >= -2 && n < 3)).toBe(true);
    expect(new Set(whole).size).toBeGreaterThan(1);
  });
});

describe('util.http', () => {
  it('copies headers without those of the connection', () => {
    expect(
      valueOf("util.http.copyHeaders({ Host: 'h', 'content-length': '1', TE: 'x', authorization: 'a', cookie: 'c' })"),
    ).toEqual({
      authorization: 'a',
      cookie: 'c',
    });
  });

  it('adds response headers as text, the last of a name wins', () => {
    const { effects } = run(
      "util.http.addResponseHeader('count', 7); util.http.addResponseHeaders({ a: 'x', b: { c: 1 }, count: 8 });",
    );
    expect(effects.responseHeaders).toEqual({ count: '8', a: 'x', b: '{"c":1}' });
  });

  it.each(['x-amzn-RequestId', 'X-Amz-Foo', 'Content-Length', 'connection'])(
    'refuses the reserved header %s',
    (name) => {
      expect(errorOf(`util.http.addResponseHeader('${name}', 'x')`)).toContain(`"${name}" is reserved`);
    },
  );

  it('refuses more than 4 KB of headers', () => {
    expect(errorOf(`util.http.addResponseHeader('a', '${'x'.repeat(4096)}')`)).toContain('exceed 4096 characters');
  });
});

describe('util.authType', () => {
  const iam = { accountId: '1', userArn: 'arn', username: 'u', sourceIp: ['1.2.3.4'] };
  const pool = {
    sub: 's',
    issuer: 'i',
    username: 'u',
    claims: {},
    sourceIp: ['1.2.3.4'],
    groups: null,
    defaultAuthStrategy: 'ALLOW',
  };
  const oidc = { sub: 's', issuer: 'i', claims: {} };
  it.each<[string, unknown, string]>([
    ['no identity', null, 'API Key Authorization'],
    ['an IAM identity', iam, 'IAM Authorization'],
    ['an IAM identity without its ARN', { ...iam, userArn: null }, 'API Key Authorization'],
    ['a user pool identity', pool, 'User Pool Authorization'],
    ['a user pool identity without its source IP', { ...pool, sourceIp: undefined }, 'API Key Authorization'],
    ['an OIDC identity', oidc, 'Open ID Connect Authorization'],
    ['an OIDC identity with a username', { ...oidc, username: 'u' }, 'API Key Authorization'],
    ['a Lambda identity', { resolverContext: { a: 1 } }, 'Lambda Authorization'],
    ['an empty identity', {}, 'Lambda Authorization'],
  ])('of %s', (_what, identity, mode) => {
    expect(valueOf('util.authType()', { identity })).toBe(mode);
  });

  it('is what the endpoint says it is', () => {
    expect(valueOf('util.authType()', { identity: iam, authType: 'User Pool Authorization' })).toBe(
      'User Pool Authorization',
    );
    expect(valueOf('ctx.authType === undefined', { authType: 'x' })).toBe(true);
  });
});

describe('extensions leave their effects:', () => {
  it.each([
    [
      'extensions.setSubscriptionFilter(util.transform.toSubscriptionFilter({ a: { eq: 1 } }));',
      { subscriptionFilter: { filterGroup: [{ filters: [{ fieldName: 'a', operator: 'eq', value: 1 }] }] } },
    ],
    [
      'extensions.setSubscriptionInvalidationFilter({ filterGroup: [] });',
      { subscriptionInvalidationFilter: { filterGroup: [] } },
    ],
    [
      "extensions.invalidateSubscriptions({ subscriptionField: 'onA', payload: { id: 1 } }); extensions.invalidateSubscriptions({ subscriptionField: 'onB', payload: {} });",
      {
        invalidations: [
          { subscriptionField: 'onA', payload: { id: 1 } },
          { subscriptionField: 'onB', payload: {} },
        ],
      },
    ],
    [
      "extensions.evictFromApiCache('Query', 'thing', { 'ctx.args.id': 1 });",
      { cacheEvictions: [{ typeName: 'Query', fieldName: 'thing', keyValuePair: { 'ctx.args.id': 1 } }] },
    ],
  ])('%s', (body, effects) => {
    expect(run(body).effects).toEqual({ invalidations: [], cacheEvictions: [], responseHeaders: {}, ...effects });
  });

  it('none without a call, also after another handler made some', () => {
    run('extensions.setSubscriptionFilter({}); extensions.invalidateSubscriptions({});');
    expect(run('return 1;').effects).toEqual({ invalidations: [], cacheEvictions: [], responseHeaders: {} });
  });
});

describe('Not supported locally, and saying so:', () => {
  it.each([
    'util.xml.toMap',
    'util.xml.toJsonString',
    'util.rds.toJsonObject',
    'util.transform.toElasticsearchQueryDSL',
  ])('%s', (helper) => {
    expect(errorOf(`${helper}('x')`)).toMatch(
      new RegExp(`^code\\.js:4:\\d+: Error: not supported locally: ${helper}$`),
    );
  });
});
