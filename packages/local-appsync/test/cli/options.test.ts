import { readOptions, UsageError } from '../../src/cli/options';

test.each(['appsync', 'strictest', 'ecmascript'])('--semantics takes %s', (name) => {
  expect(readOptions(['--semantics', name])).toMatchObject({ semantics: name });
});

test('without flags: port 4000, data in .data, and resolver code is read as AppSync is reported to', () => {
  expect(readOptions([])).toEqual({ port: 4000, data: '.data', semantics: 'appsync', typeCheck: true });
});

test('who may call is open as often as it is said', () => {
  const flags = ['--allow-origin', 'https://a.example', '--allow-host=a.test', '--allow-origin=https://b.example'];
  expect(readOptions(flags)).toMatchObject({
    allowOrigins: ['https://a.example', 'https://b.example'],
    allowHosts: ['a.test'],
  });
  expect(readOptions(['--cors-any'])).toMatchObject({ corsAny: true });
});

test('--memory keeps nothing', () => {
  expect(readOptions(['--memory'])).toMatchObject({ data: undefined });
});

test('a DynamoDB elsewhere is an engine, too', () => {
  const engine = { endpoint: 'http://127.0.0.1:8000' };
  expect(readOptions(['--dynamodb-endpoint', engine.endpoint])).toMatchObject({ engine });
  expect(readOptions(['--engine', 'dynoxide'])).toMatchObject({ engine: 'dynoxide' });
});

test.each([
  [['--trace'], 'text'],
  [['--trace', '--memory'], 'text'],
  [['--trace', 'json'], 'json'],
  [['--trace=json'], 'json'],
])('%j traces as %s', (argv, trace) => {
  expect(readOptions(argv)).toMatchObject({ trace });
});

test('--help writes every flag', () => {
  let help = '';
  expect(readOptions(['--help'], (text) => void (help += text))).toBeUndefined();
  expect(help.match(/^ {2}--[a-z-]+/gm)).toHaveLength(15);
});

test.each([
  [
    '--semantics=java',
    "option '--semantics <name>' argument 'java' is invalid. Allowed choices are appsync, strictest",
  ],
  ['--semantics=', "argument '' is invalid"],
  ['--port=x', "option '--port <n>' argument 'x' is invalid. It takes a number from 0 to 65535."],
  ['--port=65536', 'It takes a number from 0 to 65535.'],
  ['--port=-1', 'It takes a number from 0 to 65535.'],
  ['--engine=mysql', 'Allowed choices are dynoxide, dynamodb-local.'],
  ['--trace=xml', 'Allowed choices are text, json.'],
  ['--colour', "unknown option '--colour'"],
  ['assembly', 'too many arguments'],
])('%s is refused with what it takes', (flag, what) => {
  expect(() => readOptions([flag])).toThrow(UsageError);
  expect(() => readOptions([flag])).toThrow(what);
});
