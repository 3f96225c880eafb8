import { readOptions, USAGE, UsageError } from '../../src/cli/options';

const semanticsOf = (...argv: string[]) => {
  const options = readOptions(argv);
  return options === 'help' ? undefined : options.semantics?.name;
};

test.each(['appsync', 'strictest', 'ecmascript'])('--semantics takes %s', (name) => {
  expect(semanticsOf('--semantics', name)).toBe(name);
  expect(USAGE).toContain(name);
});

test('resolver code is read as AppSync is reported to, unless something else is asked for', () => {
  expect(semanticsOf()).toBe('appsync');
});

test.each([['--semantics=java'], ['--semantics=']])('%s is refused with what it takes', (flag) => {
  expect(() => readOptions([flag])).toThrow(UsageError);
  expect(() => readOptions([flag])).toThrow('--semantics takes appsync, strictest, ecmascript, not ');
});
