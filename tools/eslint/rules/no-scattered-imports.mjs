const APPSYNC = /^@aws-appsync\/utils(?:\/|$)/;

/** D5: several imports of one of AppSync's modules, or renamed ones, may be refused. esbuild writes both. */
export default {
  meta: {
    type: 'problem',
    docs: { description: "Importing AppSync's modules in more than one file" },
    messages: {
      scattered: 'The bundle would import this module twice, which AppSync may refuse: import from {{home}} (D5).',
    },
    schema: [],
  },
  create(context) {
    const isHome = (file) => context.filename.replaceAll('\\', '/').endsWith(`/${file}`);
    const check = (node) => {
      const module = node.source?.value ?? '';
      const home = module.endsWith('/dynamodb') ? 'resolvers/shared/dynamodb.ts' : 'resolvers/shared/appsync.ts';
      if (APPSYNC.test(module) && !isTypeOnly(node) && !isHome(home)) {
        context.report({ node, messageId: 'scattered', data: { home } });
      }
    };
    return { ImportDeclaration: check, ExportNamedDeclaration: check, ExportAllDeclaration: check };
  },
};

function isTypeOnly({ importKind, exportKind, specifiers = [] }) {
  const isType = (node) => (node.importKind ?? node.exportKind) === 'type';
  return importKind === 'type' || exportKind === 'type' || (specifiers.length > 0 && specifiers.every(isType));
}
