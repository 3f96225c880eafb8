import type { SemanticsName } from 'local-appsync/appsync-js';

/** How the tests of this Jest project have resolver code read: see jest.config.cjs. Undefined: as a user has it. */
export const SEMANTICS = (globalThis as { SEMANTICS?: SemanticsName }).SEMANTICS;
