import { join } from 'node:path';

/** The folder of the CDK app that these tests run. */
export const GUESTBOOK = join(__dirname, '..', 'fixtures', 'guestbook');

/** What `cdk synth` made of it, once for this run of the tests: see synthesize.cjs. */
export function guestbookAssembly(): string {
  return process.env.GUESTBOOK_ASSEMBLY!;
}
