import { join } from 'node:path';
import ts from 'typescript';
import { amended } from './amended-typings';

/** What `tsc --allowJs --checkJs --strict false` has, without the DOM and Node.js. */
const OPTIONS: ts.CompilerOptions = {
  allowJs: true,
  checkJs: true,
  strict: false,
  noEmit: true,
  target: ts.ScriptTarget.ESNext,
  lib: ['lib.esnext.d.ts'],
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  // Else all that is installed here would be typed.
  types: [],
  skipLibCheck: true,
  // Else code without exports would share its names with other code.
  moduleDetection: ts.ModuleDetectionKind.Force,
};

/** The folder of the code, which exists in memory only; imports are found from here. */
export const CODE_FOLDER = join(__dirname, 'code');

const GLOBALS_FILE = join(CODE_FOLDER, 'globals.d.ts');

/** AppSync's typings declare util, extensions and runtime as globals, but not the console that its documentation names. */
const GLOBALS = `import '@aws-appsync/utils';
declare global {
  var console: { log(...values: any[]): void; error(...values: any[]): void };
}`;

/** Those of TypeScript and of packages are the same in every program. */
const typings = new Map<string, ts.SourceFile | undefined>();

/** A program of all the code; its files, in the order of `codes`, are named `…/code.js`. */
export function programOf(codes: readonly string[]): { program: ts.Program; files: ts.SourceFile[] } {
  const names = codes.map((_, i) => join(CODE_FOLDER, String(i), 'code.js'));
  const texts = new Map([[GLOBALS_FILE, GLOBALS], ...names.map((name, i) => [name, codes[i]!] as const)]);
  const program = ts.createProgram([...texts.keys()], OPTIONS, hostOf(texts));
  return { program, files: names.map((name) => program.getSourceFile(name)!) };
}

/** The linter goes from nodes to their parents. */
const WITH_PARENTS = true;

/** Texts in memory in front of the files on disk. */
function hostOf(texts: ReadonlyMap<string, string>): ts.CompilerHost {
  const disk = ts.createCompilerHost(OPTIONS, WITH_PARENTS);
  return {
    ...disk,
    fileExists: (name) => texts.has(name) || disk.fileExists(name),
    readFile: (name) => texts.get(name) ?? disk.readFile(name),
    getSourceFile: (name, language) => {
      const text = texts.get(name);
      if (text !== undefined) {
        return ts.createSourceFile(name, text, language, WITH_PARENTS);
      }
      if (!typings.has(name)) {
        typings.set(name, ts.createSourceFile(name, amended(name, disk.readFile(name)!), language));
      }
      return typings.get(name);
    },
  };
}
