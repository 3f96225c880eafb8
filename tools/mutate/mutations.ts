import ts from 'typescript';

/** One small change of a source file, such as a bug could be. */
export interface Mutation {
  file: string;
  /** Beginning with 1. */
  line: number;
  /** What is replaced: offsets in the text. */
  start: number;
  end: number;
  replacement: string;
  /** For people: the code around it, before and after. */
  before: string;
  after: string;
}

/** Each operator's nearest neighbour. */
const OPERATORS: Record<string, string> = {
  '<': '<=',
  '<=': '<',
  '>': '>=',
  '>=': '>',
  '===': '!==',
  '!==': '===',
  '&&': '||',
  '||': '&&',
  '+': '-',
  '-': '+',
};

/** Calls whose arguments are words for people. No test should have to repeat those. */
const WORDS =
  /^(argument|console\.\w+|description|error|fail|log|name|option|tell|\w+\.(argument|description|option))$/;

/** All mutations of a file, in the order of its text. None in types, imports, and messages of errors. */
export function mutationsOf(file: string, text: string): Mutation[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
  const found: Mutation[] = [];

  const add = (around: ts.Node, start: number, end: number, replacement: string) => {
    const from = around.getStart();
    const line = source.getLineAndCharacterOfPosition(start).line + 1;
    const before = text.slice(from, around.end);
    const after = text.slice(from, start) + replacement + text.slice(end, around.end);
    found.push({ file, line, start, end, replacement, before: short(before), after: short(after) });
  };
  const replace = (node: ts.Node, replacement: string) => add(node, node.getStart(), node.end, replacement);

  const visit = (node: ts.Node): void => {
    if (isLeftAlone(node)) {
      return;
    }
    if (ts.isBinaryExpression(node)) {
      const { operatorToken: operator } = node;
      const other = OPERATORS[operator.getText()];
      if (other !== undefined && !(operator.getText() === '+' && joinsText(node))) {
        add(node, operator.getStart(), operator.end, other);
      }
    } else if (ts.isIfStatement(node) || ts.isWhileStatement(node)) {
      replace(node.expression, `!(${node.expression.getText()})`);
    } else if (ts.isConditionalExpression(node)) {
      add(node, node.condition.getStart(), node.condition.end, `!(${node.condition.getText()})`);
    } else if (ts.isExpressionStatement(node) && isCall(node.expression)) {
      replace(node, ';');
    } else if (ts.isBlock(node) && node.statements.length > 0 && isBodyToLeave(node.parent)) {
      const first = node.statements[0]!;
      add(first, first.getStart(), first.getStart(), 'return; ');
    } else if (ts.isNumericLiteral(node)) {
      replace(node, String(Number(node.text) + 1));
    } else if (ts.isStringLiteral(node) && node.text !== '' && !ts.isExpressionStatement(node.parent)) {
      replace(node, "''");
    } else if (ts.isArrayLiteralExpression(node) && node.elements.length > 0) {
      const [first, second] = node.elements;
      add(node, first!.getStart(), second?.getStart() ?? node.elements.end, '');
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** A mutated text. */
export function mutated(text: string, { start, end, replacement }: Mutation): string {
  return text.slice(0, start) + replacement + text.slice(end);
}

function isLeftAlone(node: ts.Node): boolean {
  const { parent } = node;
  return (
    ts.isTypeNode(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isImportDeclaration(node) ||
    ts.isExportDeclaration(node) ||
    (ts.isNewExpression(node) && /(Error|Failed)$/.test(node.expression.getText())) ||
    ((ts.isNumericLiteral(node) || ts.isStringLiteral(node)) && 'name' in parent && parent.name === node) ||
    (parent !== undefined && ts.isCallExpression(parent) && isWordsOf(parent, node))
  );
}

function isWordsOf(call: ts.CallExpression, node: ts.Node): boolean {
  const callee = ts.isPropertyAccessExpression(call.expression) ? call.expression.name : call.expression;
  return node !== call.expression && (WORDS.test(callee.getText()) || WORDS.test(call.expression.getText()));
}

function joinsText({ left, right }: ts.BinaryExpression): boolean {
  return [left, right].some(
    (side) => ts.isStringLiteralLike(side) || ts.isTemplateExpression(side) || side.getText().includes("'"),
  );
}

function isCall(expression: ts.Expression): boolean {
  return ts.isAwaitExpression(expression) ? isCall(expression.expression) : ts.isCallExpression(expression);
}

function isBodyToLeave(parent: ts.Node): boolean {
  return ts.isFunctionLike(parent) && !ts.isConstructorDeclaration(parent);
}

function short(code: string): string {
  const line = code.replace(/\s+/g, ' ');
  return line.length > 70 ? `${line.slice(0, 69)}…` : line;
}
