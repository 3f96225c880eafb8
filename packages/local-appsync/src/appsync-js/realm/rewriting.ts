import { getLineInfo, type AnyNode } from 'acorn';
import type { GuestQuirks } from './guest/quirks';

/** Where something stands in resolver code; line and column count from 1. */
export interface CodePlace {
  line: number;
  column: number;
}

interface Edit extends CodePlace {
  at: number;
  removed: number;
  text: string;
  /** Where a failure within the text is told. */
  toldAt: CodePlace;
  /** Of edits at one offset: what closes comes first, then what opens, then what replaces. */
  rank: 0 | 1 | 2;
  /** Of edits of one rank: the inner node closes first, the outer one opens first. */
  nesting: number;
  /** Of wraps around one node: the last one put around it is the inner one. */
  order: number;
}

function startOf(node: AnyNode): CodePlace {
  return {
    line: node.loc?.start.line ?? 1,
    column: (node.loc?.start.column ?? 0) + 1,
  };
}

/** Where V8 tells a failure of an expression: of a member at its name. */
function toldAt(node: AnyNode): CodePlace {
  if (node.type === 'ChainExpression') {
    return toldAt(node.expression);
  }
  return startOf(node.type === 'MemberExpression' ? node.property : node);
}

const LINE_ENDS = /\r\n?|[\n\u2028\u2029]/g;

/**
 * Edits of resolver code that put calls of the guest's quirks around its nodes. Lines stay as they are, and columns can
 * be told back to where they stood.
 */
export class Rewriting {
  /** Where those calls stand; a call names its place by the number in this list. */
  private readonly places: CodePlace[] = [];
  /** A name that the code does not use: what the guest's quirks go by in it. */
  readonly guest: string;
  private readonly edits: Edit[] = [];

  constructor(private readonly code: string) {
    let name = '$q';
    while (code.includes(name)) {
      name += '_';
    }
    this.guest = name;
  }

  place(node: AnyNode): number {
    return this.places.push(startOf(node)) - 1;
  }

  /** Puts text before and after a node. Of two at one node, the first is the outer. */
  wrap(node: AnyNode, before: string, after: string): void {
    const { start, end } = node;
    this.edit({ at: start, removed: 0, text: before, rank: 1, nesting: -end, toldAt: toldAt(node) });
    this.edit({ at: end, removed: 0, text: after, rank: 0, nesting: -start });
  }

  /** Makes a node the last argument of a quirk, behind the number of a place and `more`. */
  call(quirk: keyof GuestQuirks, node: AnyNode, { at = node, more = '' }: { at?: AnyNode; more?: string } = {}): void {
    this.wrap(node, `${this.start(quirk, at)}${more}`, ')');
  }

  /** The text that a call of a quirk begins with. The space keeps it from a keyword in front, as in `of[1]`. */
  start(quirk: keyof GuestQuirks, at: AnyNode): string {
    return ` ${this.guest}.${quirk}(${this.place(at)},`;
  }

  replace(start: number, end: number, text: string): void {
    const lineEnds = this.code.slice(start, end).match(LINE_ENDS)?.join('') ?? '';
    this.edit({ at: start, removed: end - start, text: text + lineEnds, rank: 2, nesting: 0 });
  }

  /** Replaces the operator between two nodes. */
  replaceOperator(left: AnyNode, right: AnyNode, operator: string, text: string): void {
    const between = this.code.slice(left.end, right.start).replace(COMMENTS, (comment) => ' '.repeat(comment.length));
    const start = left.end + between.indexOf(operator);
    this.replace(start, start + operator.length, text);
  }

  /** The edited text. `code` may differ from the original in characters, not in offsets. */
  apply(code: string): string {
    let text = '';
    let from = 0;
    for (const edit of this.sorted()) {
      text += code.slice(from, edit.at) + edit.text;
      from = edit.at + edit.removed;
    }
    return text + code.slice(from);
  }

  /**
   * Where something stands in the code as it was written.
   * @param place a number from `place`, or "line:column" of the edited text
   */
  placeOf(place: number | string): CodePlace {
    if (typeof place === 'number') {
      return this.places[place] ?? { line: 1, column: 1 };
    }
    const [line = 1, column = 1] = place.split(':').map(Number);
    return this.original({ line, column });
  }

  /** Text that was put in stands where it was put. */
  private original({ line, column }: CodePlace): CodePlace {
    let shift = 0;
    for (const edit of this.sorted()) {
      if (edit.line !== line) {
        continue;
      }
      const begin = edit.column + shift;
      if (column < begin) {
        break;
      }
      if (column < begin + edit.text.length) {
        return edit.toldAt;
      }
      shift += edit.text.length - edit.removed;
    }
    return { line, column: column - shift };
  }

  private edit(edit: Omit<Edit, keyof CodePlace | 'order' | 'toldAt'> & Partial<Pick<Edit, 'toldAt'>>): void {
    const info = getLineInfo(this.code, edit.at);
    const place = { line: info.line, column: info.column + 1 };
    this.inOrder = undefined;
    const count = this.edits.length;
    this.edits.push({ toldAt: place, ...edit, ...place, order: edit.rank === 0 ? -count : count });
  }

  private inOrder: Edit[] | undefined;

  private sorted(): readonly Edit[] {
    this.inOrder ??= [...this.edits].sort(
      (a, b) => a.at - b.at || a.rank - b.rank || a.nesting - b.nesting || a.order - b.order,
    );
    return this.inOrder;
  }
}

const COMMENTS = /\/\*[^]*?\*\/|\/\/.*/g;
