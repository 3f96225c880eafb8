import appsync from '@aws-appsync/eslint-plugin';
import tseslint from 'typescript-eslint';
import { resolverConfig } from './tools/eslint/config.mjs';
import { STYLE_SYNTAX, styleConfig } from './tools/eslint/style.mjs';

/** What APPSYNC_JS lacks and the AppSync plugin lets pass. The check of the bundles looks for it again. */
const APPSYNC_LACKS = [
  'Promise',
  'Symbol',
  'BigInt',
  'Map',
  'Set',
  'WeakMap',
  'WeakSet',
  'Date',
  'RegExp',
  'Proxy',
  'Reflect',
  'Intl',
  'setTimeout',
  'setInterval',
  'queueMicrotask',
  'fetch',
  'eval',
  'process',
  'require',
  'globalThis',
  'parseInt',
  'parseFloat',
  'Number',
  'String',
  'Boolean',
  'structuredClone',
];

export default tseslint.config(
  { ignores: ['cdk.out', '**/dist', '**/.cache', 'generated', '.data', 'node_modules'] },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // AWS documents are JSON in many places: a template literal of one is meant.
      '@typescript-eslint/restrict-template-expressions': 'off',
      '@typescript-eslint/no-base-to-string': 'off',
      // Methods are handed over as what an interface asks for; those that need `this` are arrow functions.
      '@typescript-eslint/unbound-method': 'off',
      // graphql-js names the kinds of its nodes by an enum of plain strings.
      '@typescript-eslint/no-unsafe-enum-comparison': 'off',
    },
  },
  styleConfig,
  {
    // What runs as APPSYNC_JS.
    files: ['domain/**/*.ts', 'resolvers/**/*.ts'],
    plugins: { '@aws-appsync': appsync },
    rules: {
      ...appsync.configs.recommended.rules,
      'no-restricted-globals': ['error', ...APPSYNC_LACKS],
      'no-restricted-syntax': ['error', ...STYLE_SYNTAX, 'ThrowStatement', 'NewExpression', 'ClassDeclaration'],
      // AppSync's ctx.result and ctx.prev.result are `any`.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  resolverConfig,
  // Jest's asymmetric matchers are `any`.
  { files: ['**/test/**/*.ts'], rules: { '@typescript-eslint/no-unsafe-assignment': 'off' } },
  { files: ['**/*.{js,mjs,cjs}'], extends: [tseslint.configs.disableTypeChecked] },
);
