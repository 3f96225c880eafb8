import type { AnyNode } from 'acorn';
import { FUNCTION_TAKERS } from '../realm/validate/methods';
import type { Source } from '../realm/validate/source';
import { memberOfContext } from './context';
import { isBoolean, isNullish, isNumber, isText, isThere, methodOf, textOf } from './expressions';
import type { Quirk } from './quirk';

/** Every number of ctx.result, ctx.prev, ctx.source and ctx.stash counts as DynamoDB's: JSON does not tell. */
export const N1: Quirk = {
  id: 'N1',
  title: 'a number from DynamoDB becomes the text "null"',
  source: 'aws-appsync-community #308',
  certainty: 'one',
  atRunTime: 'write ${n + 0}',
  watch: (source, rewriting) => {
    for (const node of intoTexts(source)) {
      if (isFromContext(source, node)) {
        rewriting.call('perhapsStored', node);
      }
    }
  },
  rewrite: (source, rewriting) => {
    const number = (node: AnyNode) => rewriting.call('number', node);
    for (const node of source.nodes) {
      switch (node.type) {
        case 'TemplateLiteral':
          node.expressions.filter((each) => !isThere(each)).forEach((each) => rewriting.call('text', each));
          break;
        case 'BinaryExpression':
          if (node.operator === '+' && !isNumber(node.left) && !isNumber(node.right)) {
            rewriting.call('add', node);
            rewriting.replaceOperator(node.left, node.right, '+', ',');
          } else if ((node.operator === '==' || node.operator === '!=') && ![node.left, node.right].some(isNullish)) {
            [node.left, node.right].forEach(number);
          }
          break;
        case 'AssignmentExpression':
          if (node.operator === '+=' && !isNumber(node.right)) {
            const { left, right } = node;
            // The target is evaluated twice, which shows only where evaluating it does something.
            rewriting.replaceOperator(left, right, '+=', `=${rewriting.start('add', node)}${textOf(source, left)},`);
            rewriting.wrap(node, '', ')');
          }
          break;
        case 'UnaryExpression':
          if ((node.operator === '!' || node.operator === 'typeof') && !isThere(node.argument)) {
            number(node.argument);
          }
          break;
        case 'IfStatement':
        case 'ConditionalExpression':
          if (!isBoolean(node.test)) {
            number(node.test);
          }
          break;
        case 'LogicalExpression':
          if (node.operator !== '??' && !isBoolean(node.left)) {
            rewriting.call('truth', node.left);
          }
          break;
        case 'CallExpression':
          predicates(node).forEach((callback) => rewriting.call('predicate', callback));
          break;
        default:
      }
    }
  },
};

/** What stands in a template or beside a text that is written out. */
function intoTexts(source: Source): AnyNode[] {
  return [
    ...source.ofType('TemplateLiteral').flatMap(({ expressions }) => expressions),
    ...source
      .ofType('BinaryExpression')
      .filter(({ operator, left, right }) => operator === '+' && (isText(source, left) || isText(source, right)))
      .flatMap(({ left, right }) => [left, right]),
  ];
}

/** `ctx.result.n`, or a name for it. */
function isFromContext(source: Source, node: AnyNode): boolean {
  if (node.type === 'ChainExpression') {
    return isFromContext(source, node.expression);
  }
  if (node.type === 'MemberExpression') {
    const isStored = ['result', 'prev', 'source', 'stash'].includes(memberOfContext(source, node) ?? '');
    return isStored || isFromContext(source, node.object);
  }
  const [definition] = source.bindingOf(node)?.variable.defs ?? [];
  const init = definition?.type === 'Variable' ? definition.node.init : undefined;
  return init ? isFromContext(source, init as unknown as AnyNode) : false;
}

function predicates(node: AnyNode): AnyNode[] {
  const method = methodOf(node) ?? '';
  const isPredicate = FUNCTION_TAKERS.includes(method) && !/^(forEach|map|flatMap|reduce|reduceRight)$/.test(method);
  return isPredicate && node.type === 'CallExpression' ? node.arguments.slice(0, 1) : [];
}
