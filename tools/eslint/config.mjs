import { bounds } from './bounds.mjs';
import { portable } from './plugin.mjs';

/** What needs no types, so it is looked for in bundles too: esbuild writes `??`, `?.` and templates as they are. */
const SYNTAX = {
  'portable/no-chain-past-optional': 'error',
  'portable/no-defaults': 'error',
  'portable/no-empty-early-return': 'error',
  'portable/no-json-equality': 'error',
  'portable/no-lone-surrogate': 'error',
  'portable/no-method-test': 'error',
  'portable/no-negative-index': 'error',
  'portable/no-raise-after-nullish': 'error',
  'portable/no-return-in-loop': 'error',
  'portable/no-returned-assignment': 'error',
  'portable/no-trim': 'error',
  'portable/no-unanchored-matches': 'error',
};

/** For the source of what runs as APPSYNC_JS, with types. */
export const resolverConfig = {
  files: ['domain/**/*.ts', 'resolvers/**/*.ts'],
  plugins: { portable },
  // No comment turns a rule off: what must be written otherwise goes into domain/portable.ts.
  linterOptions: { noInlineConfig: true },
  rules: {
    ...SYNTAX,
    'portable/no-iteration-over-text': 'error',
    'portable/no-null-or-undefined': 'error',
    'portable/no-number-equality': 'error',
    'portable/no-number-in-text': 'error',
    'portable/no-scattered-imports': 'error',
    'portable/no-text-order': 'error',
    'portable/no-unbounded-iteration': ['error', { bounds }],
  },
};

/** For the text of a bundle. */
export const bundleConfig = {
  files: ['**/*.js'],
  plugins: { portable },
  languageOptions: { ecmaVersion: 'latest', sourceType: 'module' },
  linterOptions: { noInlineConfig: true },
  rules: {
    ...SYNTAX,
    'portable/no-null-or-undefined': ['error', { isBundle: true }],
    'portable/no-repeated-imports': 'error',
  },
};
