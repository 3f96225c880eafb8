/**
 * domain/portable.ts is the one file that may write what the rules forbid, as it does so in a way that is right under
 * every reading. In a bundle its code stands below the comment that esbuild writes above each file's.
 */
const PORTABLE = 'domain/portable.ts';

/** The rule everywhere else. */
export function outsidePortable(rule) {
  return {
    ...rule,
    create(context) {
      const isPortable = portableLines(context);
      const report = (problem) => {
        if (!isPortable((problem.loc ?? problem.node.loc).start.line)) {
          context.report(problem);
        }
      };
      return rule.create(Object.create(context, { report: { value: report } }));
    },
  };
}

function portableLines(context) {
  if (context.filename.replaceAll('\\', '/').endsWith(`/${PORTABLE}`)) {
    return () => true;
  }
  const files = context.sourceCode.getAllComments().filter((comment) => /^ \S+\.ts$/.test(comment.value));
  return (line) => {
    const file = files.findLast((comment) => comment.loc.start.line < line);
    return file !== undefined && /^ (?:.*\/)?domain\/portable\.ts$/.test(file.value);
  };
}
