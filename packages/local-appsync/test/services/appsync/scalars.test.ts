import fc from 'fast-check';
import { GraphQLError, type GraphQLScalarType, parseConstValue } from 'graphql';
import { awsScalars } from '../../../src/services/appsync/execution/scalars';

function scalar(name: string): GraphQLScalarType {
  const found = awsScalars.find((candidate) => candidate.name === name);
  if (!found) {
    throw new Error(`There is no scalar ${name}.`);
  }
  return found;
}

/** `true` when the scalar takes the value as a variable, as a literal and as a result, unchanged. */
function passes(type: GraphQLScalarType, text: string): boolean {
  const outcomes = [
    () => type.parseValue(text) === text,
    () => type.parseLiteral(parseConstValue(JSON.stringify(text))) === text,
    () => type.serialize(text) === text,
  ].map((attempt) => {
    try {
      return attempt();
    } catch (error) {
      if (!(error instanceof GraphQLError)) {
        throw error;
      }
      return error.message.includes(`\`${text}\` as a valid`) ? false : error.message;
    }
  });
  expect(new Set(outcomes).size).toBe(1);
  return outcomes[0] === true;
}

test('there are nine, by their names', () => {
  expect(awsScalars.map(({ name }) => name).sort()).toEqual([
    'AWSDate',
    'AWSDateTime',
    'AWSEmail',
    'AWSIPAddress',
    'AWSJSON',
    'AWSPhone',
    'AWSTime',
    'AWSTimestamp',
    'AWSURL',
  ]);
});

const texts: Record<string, { valid: string[]; invalid: string[] }> = {
  AWSDate: {
    valid: [
      '1970-01-01',
      '1970-01-01Z',
      '1970-01-01-07:00',
      '1970-01-01+05:30',
      '1970-01-01+05:30:15',
      '2024-02-29',
      '2000-02-29',
      '0000-01-01',
      '9999-12-31+18:00',
    ],
    invalid: [
      '',
      '1970-1-1',
      '1970-00-01',
      '1970-13-01',
      '1970-01-00',
      '1970-01-32',
      '2023-02-29',
      '1900-02-29',
      '2023-04-31',
      '19700101',
      '12345-01-01',
      '-0044-03-15',
      '-0001-12-31',
      '+10000-01-01',
      '+12345-12-31',
      '1970-01-01T00:00Z',
      '1970-01-01z',
      '1970-01-01+5',
      '1970-01-01+05:60',
      '1970-01-01+18:01',
      '1970-01-01+19:00',
      ' 1970-01-01',
      '1970-01-01\n',
      '٢٠٢٤-01-01',
    ],
  },
  AWSTime: {
    valid: [
      '12:30',
      '12:30Z',
      '12:30:24',
      '12:30:24.500',
      '00:00:00.000000001',
      '23:59:59.999999999-07:00',
      '12:30:24.500+05:30:15',
    ],
    invalid: [
      '',
      '24:00',
      '12:60',
      '12:30:60',
      '1:30',
      '12',
      '12:30:',
      '12:30:24.',
      '12:30.5',
      '12:30:24.1234567890',
      '12:30 Z',
      'T12:30',
      '12:30\n',
    ],
  },
  AWSDateTime: {
    valid: [
      '1970-01-01T12:30Z',
      '1970-01-01T12:30:00Z',
      '1970-01-01T12:30:00.123Z',
      '1970-01-01T12:30:00.123456789Z',
      '1970-01-01T12:30:00-07:00',
      '1970-01-01T12:30+05:30:15',
      '0000-01-01T00:00:00Z',
      '9999-12-31T23:59:59Z',
      '2024-02-29T23:59:59.9+18:00',
    ],
    invalid: [
      '',
      '1970-01-01',
      '1970-01-01T12:30',
      '1970-01-01T12:30:00',
      '1970-01-01T12:30:00.123',
      '-0044-03-15T12:00:00Z',
      '+10000-01-01T00:00:00Z',
      '1970-01-01 12:30:00Z',
      '1970-01-01t12:30:00Z',
      '1970-01-01T12:30:00z',
      '1970-01-01T24:00:00Z',
      '1970-01-01T12:30:00.Z',
      '1970-01-01T12Z',
      '1970-01-01T12:30:00.1234567890Z',
      '2023-02-29T12:30:00Z',
      '1970-01-01T12:30:00+0530',
      '1970-01-01T12:30:00+05',
      '1970-01-01T12:30:00ZZ',
      '1970-01-01Z',
      'yesterday',
    ],
  },
  AWSEmail: {
    valid: [
      'username@example.com',
      'a@b',
      'first.last+tag@sub.example.co.uk',
      "o'brien@example.com",
      '"two words"@example.com',
      '"a\\"b".c@example.com',
      'x@[192.0.2.1]',
      '1@2.com',
      'a@xn--bcher-kva.example',
    ],
    invalid: [
      '',
      'username',
      '@example.com',
      'username@',
      'a b@example.com',
      'a@b@c',
      '.a@example.com',
      'a.@example.com',
      'a..b@example.com',
      'a@.com',
      'a@com.',
      'a@exa mple.com',
      'a@-example.com',
      'a@example-.com',
      'a@exa_mple.com',
      ' a@example.com',
      'a@example.com\n',
      '"a@example.com',
      'Name <a@example.com>',
      `a@${'x'.repeat(64)}.com`,
    ],
  },
  AWSPhone: {
    valid: [
      '+1 425 555 0123',
      '206-555-0100',
      '2065550100',
      '(206) 555-0100',
      '+44 20 7946 0958',
      '+61 483 911 111',
      '+420601123456',
    ],
    // The second and third are those that AppSync itself has been seen to refuse.
    invalid: [
      '',
      '1110004444',
      '+13451112222',
      '+12312',
      '6781982162',
      'call 206-555-0100',
      '206-555-0100 x',
      '206-555-0100 ext. 5',
      '206/555/0100',
      '٢٠٦٥٥٥٠١٠٠',
      '2065550100\n',
      '+',
      '206 555',
      '+999 123456789',
    ],
  },
  AWSURL: {
    valid: [
      'https://www.amazon.com/dp/B000NZW3KC/',
      'mailto:example@example.com',
      'http://localhost:4000',
      'ftp://host/file',
      'https://host/path?to=https://other//x#//y',
      'HTTPS://HOST/',
      'http://[::1]:4000/a',
      'https://host/%C5%BE',
    ],
    invalid: [
      '',
      'www.amazon.com',
      '/path',
      '//host/path',
      'https://host//path',
      'https://host/a//b',
      'https://',
      'https:',
      'http://host/a b',
      ' https://host',
      'https://host\n',
      'http://host:99999/',
      'http://host/ž',
      'http://host/<a>',
      '1http://host',
    ],
  },
  AWSIPAddress: {
    valid: [
      '123.12.34.56',
      '0.0.0.0',
      '255.255.255.255/32',
      '10.0.0.0/8',
      '0.0.0.0/0',
      '1a2b:3c4b::1234:4567',
      '::',
      '::1/128',
      '::ffff:192.0.2.1',
      '2001:DB8::/32',
    ],
    invalid: [
      '',
      '1.2.3',
      '1.2.3.256',
      '01.2.3.4',
      '1.2.3.4/33',
      '1.2.3.4/',
      '1.2.3.4/08',
      '1.2.3.4/-1',
      '[::1]',
      '::1/129',
      ':::',
      'fe80::1%eth0',
      '1.2.3.4 ',
      'localhost',
      '1.2.3.4/8/8',
    ],
  },
};

describe.each(Object.entries(texts))('%s', (name, { valid, invalid }) => {
  const type = scalar(name);
  test.each(valid)('takes %j', (text) => expect(passes(type, text)).toBe(true));
  test.each(invalid)('refuses %j', (text) => expect(passes(type, text)).toBe(false));

  test.each([1, true, [valid[0]], { a: 1 }, null, undefined])('refuses %j, which is no text', (value) => {
    expect(() => type.parseValue(value)).toThrow(/^Unable to parse `.*` as a valid /);
    expect(() => type.serialize(value)).toThrow(/^Unable to serialize `.*` as a valid /);
  });

  test.each(['1', 'true', 'NAME', '{a: 1}', '["x"]'])('refuses the literal %s, which is no text', (literal) => {
    const node = parseConstValue(literal);
    const error = thrown(() => type.parseLiteral(node));
    expect(error.message).toMatch(/^Unable to parse `.*` as a valid /);
    expect(error.nodes).toEqual([node]);
  });
});

describe('AWSTimestamp', () => {
  const type = scalar('AWSTimestamp');

  // The last two are the first second of the year 0000 and the last one of 9999.
  test.each([0, -1, 1772366400, 2 ** 31, -(2 ** 35), -62167219200, 253402300799])('takes %d', (seconds) => {
    expect(type.parseValue(seconds)).toBe(seconds);
    expect(type.parseLiteral(parseConstValue(String(seconds)))).toBe(seconds);
    expect(type.serialize(seconds)).toBe(seconds);
  });

  test.each([1.5, '1', NaN, Infinity, -62167219201, 253402300800, true, [1], null])('refuses %p', (value) => {
    expect(() => type.parseValue(value)).toThrow(/^Unable to parse `.*` as a valid timestamp\. Expected whole seconds/);
    expect(() => type.serialize(value)).toThrow(
      /^Unable to serialize `.*` as a valid timestamp\. Expected whole seconds/,
    );
  });

  test.each(['1.0', '"1"', '-62167219201', '253402300800', '9'.repeat(400), 'true', '[1]'])(
    'refuses the literal %s',
    (literal) => {
      expect(thrown(() => type.parseLiteral(parseConstValue(literal))).message).toContain(`\`${literal}\``);
    },
  );
});

describe('AWSJSON', () => {
  const type = scalar('AWSJSON');

  const values: { text: string; value: unknown }[] = [
    { text: '{"a":[1,null,"x"]}', value: { a: [1, null, 'x'] } },
    { text: '"text"', value: 'text' },
    { text: '"{\\"a\\":1}"', value: '{"a":1}' },
    { text: '1', value: 1 },
    { text: 'false', value: false },
    { text: 'null', value: null },
  ];
  test.each(values)('$text is its value inside, and text again outside', ({ text, value }) => {
    expect(type.parseValue(text)).toEqual(value);
    expect(type.parseLiteral(parseConstValue(JSON.stringify(text)))).toEqual(value);
    expect(type.serialize(value)).toBe(text);
  });

  test.each(['', 'text', '{a:1}', "{'a':1}", '{"a":1', '[1,]', 'undefined', 'NaN'])(
    'refuses %j, which is no JSON',
    (text) => {
      expect(() => type.parseValue(text)).toThrow(`Unable to parse \`${text}\` as a valid JSON.`);
    },
  );

  test.each([{ a: 1 }, [1], 1, true, null, undefined])('refuses %j, which is no text', (value) => {
    expect(() => type.parseValue(value)).toThrow(/Expected a string that holds JSON/);
  });

  test.each(['{a: 1}', '[1]', '1', 'true', 'null'])('refuses the literal %s, which is no text', (literal) => {
    expect(thrown(() => type.parseLiteral(parseConstValue(literal))).message).toContain(`\`${literal}\``);
  });

  test('what JSON cannot hold cannot go out', () => {
    expect(() => type.serialize(undefined)).toThrow('Unable to serialize `undefined` as a valid JSON.');
  });

  test('any JSON value comes back as it went', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(type.parseValue(type.serialize(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});

describe('any value that is taken', () => {
  const pad = (value: number, length = 2) => String(value).padStart(length, '0');
  const offset = fc.oneof(
    fc.constant('Z'),
    fc
      .tuple(fc.constantFrom('+', '-'), fc.integer({ min: 0, max: 17 }), fc.integer({ min: 0, max: 59 }))
      .map(([sign, hours, minutes]) => `${sign}${pad(hours)}:${pad(minutes)}`),
  );
  const date = fc.date({
    min: new Date('0000-01-01T00:00:00Z'),
    max: new Date('9999-12-31T23:59:59Z'),
    noInvalidDate: true,
  });
  const day = date.map((value) => value.toISOString().slice(0, 10));
  const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength: 9 });
  const time = fc.tuple(date, fc.boolean(), digits).map(([value, hasSeconds, fraction]) => {
    const text = value.toISOString();
    if (!hasSeconds) {
      return text.slice(11, 16);
    }
    return fraction === '' ? text.slice(11, 19) : `${text.slice(11, 19)}.${fraction}`;
  });
  const join = (...parts: fc.Arbitrary<string>[]) => fc.tuple(...parts).map((texts) => texts.join(''));

  const arbitraries: Record<string, fc.Arbitrary<unknown>> = {
    AWSDate: join(day, fc.oneof(offset, fc.constant(''))),
    AWSTime: join(time, fc.oneof(offset, fc.constant(''))),
    AWSDateTime: join(day, fc.constant('T'), time, offset),
    AWSTimestamp: fc.integer({ min: -62167219200, max: 253402300799 }),
    AWSEmail: fc.emailAddress(),
    AWSURL: fc.webUrl().filter((url) => !new URL(url).pathname.includes('//')),
    AWSIPAddress: fc.oneof(
      fc.ipV4(),
      fc.ipV6(),
      join(fc.ipV4(), fc.constant('/'), fc.integer({ min: 0, max: 32 }).map(String)),
    ),
  };
  test.each(Object.entries(arbitraries))('%s: is the same after a way in and out', (name, arbitrary) => {
    const type = scalar(name);
    fc.assert(
      fc.property(arbitrary, (value) => {
        expect(type.serialize(type.parseValue(value))).toBe(value);
        expect(type.parseValue(type.serialize(value))).toBe(value);
      }),
    );
  });

  test('AWSDate: exactly the days of the calendar', () => {
    const type = scalar('AWSDate');
    const parts = fc.tuple(
      fc.integer({ min: 0, max: 9999 }),
      fc.integer({ min: 0, max: 13 }),
      fc.integer({ min: 0, max: 32 }),
    );
    fc.assert(
      fc.property(parts, ([year, month, number]) => {
        const text = `${pad(year, 4)}-${pad(month)}-${pad(number)}`;
        const parsed = new Date(`${text}T00:00:00Z`);
        const exists = !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(text);
        expect(passes(type, text)).toBe(exists);
      }),
      { numRuns: 500 },
    );
  });
});

function thrown(action: () => unknown): GraphQLError {
  try {
    action();
  } catch (error) {
    if (error instanceof GraphQLError) {
      return error;
    }
    throw error;
  }
  throw new Error('Nothing was thrown.');
}
