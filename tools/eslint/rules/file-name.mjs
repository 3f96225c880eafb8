import { basename, relative } from 'node:path';

/** `ticket-view.ts`, `ticket-view.test.ts`, `jest.config.cjs` */
const KEBAB = /^\.?[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)+$/;

/** Files are named in kebab-case; some folders name theirs after something else. */
export default {
  meta: {
    type: 'suggestion',
    docs: { description: 'Names of files' },
    messages: {
      kebab: 'Name this file in kebab-case: "{{name}}" is not.',
      other: 'Name this file in kebab-case or like {{like}}: "{{name}}" is neither.',
    },
    schema: [
      {
        type: 'array',
        items: {
          type: 'object',
          // `folder` and `file` are regular expressions: of the path from the root, and of the whole name.
          properties: { folder: { type: 'string' }, file: { type: 'string' }, like: { type: 'string' } },
          required: ['folder', 'file', 'like'],
          additionalProperties: false,
        },
      },
    ],
  },
  create(context) {
    return {
      Program(node) {
        const path = relative(context.cwd, context.filename).replaceAll('\\', '/');
        const name = basename(path);
        const others = context.options[0] ?? [];
        const other = others.find(({ folder }) => new RegExp(folder).test(path));
        const isOther = other !== undefined && new RegExp(`^(?:${other.file})$`).test(name);
        if (!KEBAB.test(name) && !isOther) {
          context.report({ node, messageId: other ? 'other' : 'kebab', data: { name, like: other?.like } });
        }
      },
    };
  },
};
