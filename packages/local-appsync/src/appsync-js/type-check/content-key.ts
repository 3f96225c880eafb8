import plugin from '@aws-appsync/eslint-plugin/package.json';
import typings from '@aws-appsync/utils/package.json';
import eslint from 'eslint/package.json';
import { createHash } from 'node:crypto';
import typescript from 'typescript/package.json';

/** To be raised with each change of what this folder finds. */
const REVISION = 1;

const CHECKER = [REVISION, ...[typescript, typings, plugin, eslint].map(({ version }) => version)];

/** The name of what is found in a code: another for another code, and for another version of what checks it. */
export function contentKey(code: string): string {
  return createHash('sha256')
    .update(JSON.stringify([...CHECKER, code]))
    .digest('hex');
}
