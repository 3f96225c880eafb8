// Lints code as files of the repository by the one style. A process of its own, as Jest cannot load ES modules.
// stdin: [{ file, code }, …]
// stdout: [[rule, …], …]
import { Linter } from 'eslint';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import tseslint from 'typescript-eslint';
import { styleConfig } from '../../../tools/eslint/style.mjs';

const root = join(import.meta.dirname, '..', '..', '..');
const typescript = { files: ['**/*.{ts,tsx}'], languageOptions: { parser: tseslint.parser } };
const linter = new Linter({ cwd: root });
const found = JSON.parse(readFileSync(0, 'utf8')).map(({ file, code }) =>
  linter
    .verify(code, [typescript, styleConfig], { filename: join(root, file) })
    .map(({ ruleId, message }) => ruleId ?? message),
);
process.stdout.write(JSON.stringify(found));
