import fileName from './rules/file-name.mjs';
import { version } from './version.mjs';

const TOP_LEVEL = ':matches(Program, ExportNamedDeclaration) > VariableDeclaration[kind="const"] > VariableDeclarator';

/**
 * One style of members and functions. ESLint replaces the options of `no-restricted-syntax` and does not merge them:
 * a config that sets the rule repeats these.
 */
export const STYLE_SYNTAX = [
  {
    selector: ':matches(PropertyDefinition, MethodDefinition, AccessorProperty) > PrivateIdentifier.key',
    message: 'Write `private`, not `#`.',
  },
  {
    selector: `${TOP_LEVEL}:not([id.typeAnnotation]) > :matches(ArrowFunctionExpression, FunctionExpression).init`,
    message: 'Declare a function at the top level: `function f() {}`. An arrow stands here only for a named type.',
  },
];

/** For every file of the repository. CONTRIBUTING.md says it in words. */
export const styleConfig = {
  files: ['**/*.{ts,tsx,js,mjs,cjs}'],
  plugins: { style: { meta: { name: 'style', version }, rules: { 'file-name': fileName } } },
  rules: {
    curly: ['error', 'all'],
    'no-restricted-syntax': ['error', ...STYLE_SYNTAX],
    'style/file-name': [
      'error',
      [
        { folder: '^resolvers/steps/', file: '[a-z][a-zA-Z0-9]*\\.ts', like: 'its AppSync function, readView.ts' },
        { folder: '^resolvers/', file: '[A-Z]\\w*\\.[a-z]\\w*\\.ts', like: 'its field, Query.ticket.ts' },
        { folder: '(^|/)quirks/', file: '[A-Z]\\d+\\.ts', like: 'its quirk, A1.ts' },
      ],
    ],
  },
};
