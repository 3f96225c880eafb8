import { InvalidCode } from '../../../src/appsync-js/realm/realm';
import { run } from './support';

const HANDLERS = 'export function request() { return {}; }\nexport function response() { return null; }';

test.each([
  [
    'a default of a parameter',
    `${HANDLERS}\nfunction f(a, b = '') { return a + b; }`,
    "3:15: the default b = '' is refused",
  ],
  [
    'a default in destructuring',
    `${HANDLERS}\nfunction f(a) { const { b = 1 } = a; return b; }`,
    '3:25: the default b = 1 is refused',
  ],
  [
    'a module imported twice',
    `import { util } from '@aws-appsync/utils';\nimport { runtime } from '@aws-appsync/utils';\n${HANDLERS}`,
    "2:1: '@aws-appsync/utils' is imported a second time",
  ],
  [
    'an import by another name',
    `import { util as util2 } from '@aws-appsync/utils';\n${HANDLERS}`,
    '1:10: util is imported as util2',
  ],
  [
    'a call of what is exported where it is declared',
    'export function request(ctx) { return {}; }\nexport function response(ctx) { return request(ctx); }',
    '2:40: request is exported where it is declared',
  ],
  [
    'a call of an exported constant',
    `${HANDLERS}\nexport const f = (a) => a;\nfunction g() { return f(1); }`,
    '4:23: f is exported where it is declared',
  ],
])('%s is refused in strictest alone', (_what, code, problem) => {
  expect(() => run('strictest', { code })).toThrow(InvalidCode);
  expect(() => run('strictest', { code })).toThrow(problem);
  expect(run('appsync', { code }).outcome.kind).toBe('value');
  expect(run('ecmascript', { code }).outcome.kind).toBe('value');
});

test.each([
  [
    'modules that differ',
    `import { util } from '@aws-appsync/utils';\nimport * as ddb from '@aws-appsync/utils/dynamodb';\n${HANDLERS}`,
  ],
  [
    'functions that are exported at the end',
    'function request() { return {}; }\nfunction response(ctx) { return request(ctx); }\nexport { request, response };',
  ],
])('%s are taken in strictest, too', (_what, code) => {
  expect(run('strictest', { code }).outcome.kind).toBe('value');
});
