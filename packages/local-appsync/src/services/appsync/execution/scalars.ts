import { parsePhoneNumber } from 'awesome-phonenumber';
import { isIP } from 'node:net';
import { GraphQLError, GraphQLScalarType, Kind, print, type ValueNode } from 'graphql';

/*
 * The scalars that AppSync defines. All but two are strings that are checked and passed on unchanged, in and
 * out. Messages follow those of the service: "Unable to parse `x` as a valid phone number."
 * Source: https://docs.aws.amazon.com/appsync/latest/devguide/scalars.html
 */

interface StringScalar {
  name: string;
  description: string;
  /** As the messages call a value. */
  noun: string;
  /** What the messages say was expected. */
  form: string;
  isValid: (text: string) => boolean;
}

function stringScalar({ name, description, noun, form, isValid }: StringScalar): GraphQLScalarType<string, string> {
  const check = (verb: 'parse' | 'serialize', value: unknown, node?: ValueNode): string => {
    if (typeof value === 'string' && isValid(value)) {
      return value;
    }
    throw unable(verb, value, noun, form, node);
  };
  return new GraphQLScalarType({
    name,
    description,
    specifiedByURL: 'https://docs.aws.amazon.com/appsync/latest/devguide/scalars.html',
    serialize: (value) => check('serialize', value),
    parseValue: (value) => check('parse', value),
    parseLiteral: (node) => check('parse', node.kind === Kind.STRING ? node.value : new Literal(node), node),
  });
}

const DATE = String.raw`(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)`;
const TIME = String.raw`(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?`;
const OFFSET = String.raw`(?:Z|[+-](?:18:00(?::00)?|(?:0\d|1[0-7]):[0-5]\d(?::[0-5]\d)?))`;

const dateForm = new RegExp(`^${DATE}${OFFSET}?$`);
const timeForm = new RegExp(`^${TIME}${OFFSET}?$`);
const dateTimeForm = new RegExp(`^${DATE}T${TIME}${OFFSET}$`);

function isDate(form: RegExp, text: string): boolean {
  const { year, month, day } = form.exec(text)?.groups ?? {};
  return year !== undefined && Number(day) >= 1 && Number(day) <= daysIn(Number(year), Number(month));
}

function daysIn(year: number, month: number): number {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
}

const AWSDate = stringScalar({
  name: 'AWSDate',
  description: 'An extended ISO 8601 date: `YYYY-MM-DD`, with or without a time zone offset.',
  noun: 'date',
  form: 'YYYY-MM-DD, a date of the calendar, with an optional offset (Z or ±hh:mm[:ss])',
  isValid: (text) => isDate(dateForm, text),
});

const AWSTime = stringScalar({
  name: 'AWSTime',
  description: 'An extended ISO 8601 time: `hh:mm:ss.sss`, with or without a time zone offset.',
  noun: 'time',
  form: 'hh:mm[:ss[.fraction]] with an optional offset (Z or ±hh:mm[:ss])',
  isValid: (text) => timeForm.test(text),
});

const AWSDateTime = stringScalar({
  name: 'AWSDateTime',
  description: 'An extended ISO 8601 date and time with a time zone offset: `YYYY-MM-DDThh:mm:ss.sssZ`.',
  noun: 'DateTime',
  form: 'YYYY-MM-DDThh:mm[:ss[.fraction]] and an offset (Z or ±hh:mm[:ss])',
  isValid: (text) => isDate(dateTimeForm, text),
});

// RFC 822's addr-spec without its comments and folded spaces, which no address in use has.
const ATOM = String.raw`[A-Za-z0-9!#$%&'*+\-/=?^_\x60{|}~]+`;
const QUOTED = String.raw`"(?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\[\x20-\x7e])*"`;
const WORD = `(?:${ATOM}|${QUOTED})`;
const LABEL = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?';
const LITERAL = String.raw`\[[^[\]\\\s]+\]`;
const emailForm = new RegExp(String.raw`^${WORD}(?:\.${WORD})*@(?:${LABEL}(?:\.${LABEL})*|${LITERAL})$`);

const AWSEmail = stringScalar({
  name: 'AWSEmail',
  description: 'An e-mail address, `local-part@domain-part`, as RFC 822 defines it.',
  noun: 'email address',
  form: 'local-part@domain-part',
  isValid: (text) => emailForm.test(text),
});

const AWSPhone = stringScalar({
  name: 'AWSPhone',
  description: 'A phone number; spaces and hyphens may separate groups. Without a country code it is North American.',
  noun: 'phone number',
  form: 'a number in use, such as +44 20 7946 0958; without a country code, of North America',
  // By Google's tables, as on AppSync: see https://github.com/aws/aws-appsync-community/issues/289
  isValid: (text) => /^\+?[\d ().-]+$/.test(text) && parsePhoneNumber(text, { regionCode: 'US' }).valid,
});

const AWSURL = stringScalar({
  name: 'AWSURL',
  description: 'A URL as RFC 1738 defines it, with a scheme, and without `//` in its path.',
  noun: 'URL',
  form: 'a scheme and what it asks for, such as https://host/path or mailto:name@host, without // in the path',
  isValid: isUrl,
});

function isUrl(text: string): boolean {
  // The parser strips and encodes what RFC 1738 does not let into a URL, so that has to be seen before.
  if (!/^[A-Za-z][A-Za-z0-9+.-]*:[\x21-\x7e]+$/.test(text) || /[<>"{}|\\^`]/.test(text)) {
    return false;
  }
  return URL.canParse(text) && !new URL(text).pathname.includes('//');
}

const AWSIPAddress = stringScalar({
  name: 'AWSIPAddress',
  description: 'An IPv4 or IPv6 address, without brackets; a CIDR suffix may tell the subnet.',
  noun: 'IP address',
  form: '123.45.67.89 or 1a2b:3c4b::1234:4567, with an optional /prefix length',
  isValid: isAddress,
});

function isAddress(text: string): boolean {
  const [, address = '', prefix] = /^([^/%]+)(?:\/(0|[1-9]\d{0,2}))?$/.exec(text) ?? [];
  const family = isIP(address);
  return family !== 0 && Number(prefix ?? 0) <= (family === 4 ? 32 : 128);
}

/** The first and last second of what AWSDate and AWSDateTime can say. */
const EARLIEST = Date.parse('0000-01-01T00:00:00Z') / 1000;
const LATEST = Date.parse('9999-12-31T23:59:59Z') / 1000;

const AWSTimestamp = new GraphQLScalarType<number, number>({
  name: 'AWSTimestamp',
  description: 'Whole seconds before or after 1970-01-01T00:00Z.',
  specifiedByURL: 'https://docs.aws.amazon.com/appsync/latest/devguide/scalars.html',
  serialize: (value) => timestamp('serialize', value),
  parseValue: (value) => timestamp('parse', value),
  parseLiteral: (node) => {
    const isWithin = node.kind === Kind.INT && isTimestamp(Number(node.value));
    return timestamp('parse', isWithin ? Number(node.value) : new Literal(node), node);
  },
});

function timestamp(verb: 'parse' | 'serialize', value: unknown, node?: ValueNode): number {
  if (isTimestamp(value)) {
    return value;
  }
  throw unable(verb, value, 'timestamp', `whole seconds from ${EARLIEST} to ${LATEST}, the years 0000 to 9999`, node);
}

function isTimestamp(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= EARLIEST && Number(value) <= LATEST;
}

/** In: a string of JSON, of which resolvers see the value. Out: the value as a string of JSON, strings too. */
const AWSJSON = new GraphQLScalarType<unknown, string>({
  name: 'AWSJSON',
  description: 'A string of JSON; resolvers see what it stands for.',
  specifiedByURL: 'https://docs.aws.amazon.com/appsync/latest/devguide/scalars.html',
  serialize: (value) => {
    const text: string | undefined = JSON.stringify(value);
    if (text === undefined) {
      throw unable('serialize', value, 'JSON', 'a value that JSON can hold');
    }
    return text;
  },
  parseValue: (value) => parseJson(value),
  parseLiteral: (node) => parseJson(node.kind === Kind.STRING ? node.value : new Literal(node), node),
});

function parseJson(value: unknown, node?: ValueNode): unknown {
  const fault = () => unable('parse', value, 'JSON', 'a string that holds JSON', node);
  if (typeof value !== 'string') {
    throw fault();
  }
  try {
    return JSON.parse(value) as unknown;
  } catch {
    throw fault();
  }
}

/** A literal of the wrong kind, printed in messages as it stood in the document. */
class Literal {
  constructor(readonly node: ValueNode) {}
  toString(): string {
    return print(this.node);
  }
}

function unable(
  verb: 'parse' | 'serialize',
  value: unknown,
  noun: string,
  form: string,
  node?: ValueNode,
): GraphQLError {
  const shown =
    typeof value === 'object' && value !== null && !(value instanceof Literal) ? JSON.stringify(value) : String(value);
  return new GraphQLError(`Unable to ${verb} \`${shown}\` as a valid ${noun}. Expected ${form}.`, {
    nodes: node ?? null,
  });
}

/** All nine, for a schema that declares them or uses them undeclared. */
export const awsScalars: GraphQLScalarType[] = [
  AWSDate,
  AWSTime,
  AWSDateTime,
  AWSTimestamp,
  AWSEmail,
  AWSJSON,
  AWSPhone,
  AWSURL,
  AWSIPAddress,
];
