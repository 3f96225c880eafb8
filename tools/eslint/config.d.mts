import type { Linter } from 'eslint';

export declare const resolverConfig: Linter.Config;
export declare const bundleConfig: Linter.Config;
