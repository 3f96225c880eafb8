/** D4: a default made AppSync refuse the code ("Function metadata has exceeded the maximum allowed size"). */
export default {
  meta: {
    type: 'problem',
    docs: { description: 'Defaults of parameters and in destructuring' },
    messages: { default: 'AppSync may refuse defaults: write `?? …` where the value is used (D4).' },
    schema: [],
  },
  create(context) {
    return { AssignmentPattern: (node) => context.report({ node, messageId: 'default' }) };
  },
};
