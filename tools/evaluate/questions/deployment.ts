import { AN_ERROR, args, inRequest, lines, type Row } from '../question';

const REQUEST = 'function request(ctx) {\nreturn [1];\n}';
const RESPONSE = 'function response(ctx) {\nreturn null;\n}';

/** What is refused before it runs. */
export const DEPLOYMENT: Row[] = [
  {
    id: 'D1',
    title: 'the code is type-checked, and refused if that finds an error',
    emulated: 'D1',
    code: 'npm run check and the local runtime type-check all bundles (packages/local-appsync/src/appsync-js/type-check/type-check.ts). Right either way',
    questions: [
      {
        asks: "a filter's operator in a literal, of which TypeScript says TS2322 (as in an earlier Subscription.onTicketChanged)",
        code: inRequest(
          "const always = [{ fieldName: 'version', operator: 'ge', value: 1 }];\nextensions.setSubscriptionFilter({ filterGroup: [{ filters: always }] });\nreturn null;",
        ),
        javascript: { value: null },
        reported: ['refused'],
      },
      {
        asks: 'a let that is given another shape, of which TypeScript says TS2741',
        code: inRequest('let o = { a: 1 };\no = { b: ctx.args.b };\nreturn o;'),
        context: args({ b: 2 }),
        javascript: { value: { b: 2 } },
        reported: ['refused'],
      },
    ],
  },
  {
    id: 'D2',
    title: "the rules of AppSync's ESLint plugin are run, and what breaks one is refused",
    emulated: 'D2',
    code: 'npm run check and the local runtime run them over all bundles (packages/local-appsync/src/appsync-js/type-check/lint-problems.ts). Right either way',
    questions: [
      {
        asks: 'a regular expression literal (no-regex), which we refuse in all semantics',
        code: inRequest('return /a/.test(ctx.args.t);'),
        context: args({ t: 'a' }),
        javascript: { value: true },
        reported: ['refused'],
        here: 'refused',
      },
    ],
  },
  {
    id: 'D4',
    title: 'a default of a parameter or in destructuring is refused',
    emulated: 'D4',
    code: 'written nowhere (lint rule no-defaults). What is reported was seen at deployment; EvaluateCode may take it',
    questions: [
      {
        asks: 'a default of a parameter',
        code: inRequest("return f('x');", "function f(a, b = '') {\nreturn a + b;\n}"),
        javascript: { value: 'x' },
        reported: ['refused', AN_ERROR],
      },
      {
        asks: 'a default in destructuring',
        code: inRequest("const { a = 1, b = 'x' } = ctx.args;\nreturn [a, b];"),
        javascript: { value: [1, 'x'] },
        reported: ['refused', AN_ERROR],
      },
    ],
  },
  {
    id: 'D5',
    title: 'a module can be imported once, and its exports not be renamed',
    emulated: 'D5',
    code: 'resolvers/shared/appsync.ts and resolvers/shared/dynamodb.ts import once for a whole bundle. Right either way',
    questions: [
      {
        asks: 'an import under another name',
        code: inRequest("return util2.base64Encode('a');", '', "import { util as util2 } from '@aws-appsync/utils';"),
        javascript: { value: 'YQ==' },
        reported: ['refused', AN_ERROR],
      },
      {
        asks: 'two imports of one module',
        code: inRequest(
          "return runtime.earlyReturn({ a: util.base64Encode('a') });",
          '',
          "import { util } from '@aws-appsync/utils';\nimport { runtime } from '@aws-appsync/utils';",
        ),
        javascript: { value: { a: 'YQ==' } },
        reported: ['refused', AN_ERROR],
      },
    ],
  },
  {
    id: 'exports',
    title: 'code without a response handler, or with the exports that esbuild makes of export default, is refused',
    code: 'all bundles export both handlers by name. The local runtime refuses the rest; published code contains it',
    change: {
      javascript:
        'let packages/local-appsync/src/appsync-js/realm/validate/imports.ts and packages/local-appsync/src/appsync-js/realm/validate/functions.ts take what AppSync took',
    },
    questions: [
      {
        asks: 'a request handler alone',
        code: lines(`export ${REQUEST}`),
        javascript: { value: [1] },
        reported: ['refused', AN_ERROR],
        here: 'refused',
      },
      {
        asks: 'var x_default = request; export { x_default as default }, beside the handlers; a rule forbids it (no-function-reassign)',
        code: lines(
          REQUEST,
          RESPONSE,
          'var x_default = request;',
          'export { x_default as default, request, response };',
        ),
        javascript: { value: [1] },
        reported: ['refused', AN_ERROR],
        here: 'refused',
      },
      {
        asks: 'var request2 = f; export { request2 as request }; the same rule forbids it (no-function-reassign)',
        code: lines(
          'function f(ctx) {\nreturn [1];\n}',
          RESPONSE,
          'var request2 = f;',
          'export { request2 as request, response };',
        ),
        javascript: { value: [1] },
        reported: ['refused', AN_ERROR],
        here: 'refused',
      },
    ],
  },
];
