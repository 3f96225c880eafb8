import { ANCHORS, DOLLAR, DOT, PROPERTIES, SHARED } from './escapes';

export interface TranslatedRegex {
  source: string;
  flags: string;
}

/** Escaped, so that it stands for itself in the v mode of JavaScript. */
function literal(character: string): string {
  return /[\^$\\.*+?()[\]{}|/\-&!#%,:;<=>@`~]/.test(character)
    ? `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`
    : character;
}

/**
 * Translates a pattern of java.util.regex.Pattern into JavaScript's (v mode), construct by
 * construct, and refuses what has no counterpart: possessive quantifiers, atomic groups,
 * inline flags other than (?ims) at the start, `\G`, `\X`, `\N`, `\C`, octal escapes.
 * @see https://docs.oracle.com/javase/8/docs/api/java/util/regex/Pattern.html
 * @throws Error naming the construct
 */
export function translate(pattern: string): TranslatedRegex {
  let at = 0;
  let flags = '';

  const refuse = (construct: string): never => {
    throw new Error(`the Java regular expression "${pattern}" has ${construct}, which cannot run locally.`);
  };
  const peek = (text: string): boolean => pattern.startsWith(text, at);
  const take = (text: string): boolean => {
    if (!peek(text)) {
      return false;
    }
    at += text.length;
    return true;
  };
  const next = (): string => {
    const code = pattern.codePointAt(at);
    if (code === undefined) {
      return refuse('an end too early');
    }
    const character = String.fromCodePoint(code);
    at += character.length;
    return character;
  };
  const upTo = (end: string): string => {
    const stop = pattern.indexOf(end, at);
    const text = stop < 0 ? refuse(`no "${end}" to close it`) : pattern.slice(at, stop);
    at = stop + end.length;
    return text;
  };

  const hex = (length: number): string => {
    const code = pattern.slice(at, at + length);
    if (!/^[0-9a-fA-F]+$/.test(code) || code.length !== length) {
      return refuse('a broken hexadecimal escape');
    }
    at += length;
    return `\\u{${code}}`;
  };

  const property = (negated: boolean): string => {
    const name = take('{') ? upTo('}') : next();
    const ranges = PROPERTIES[name];
    if (ranges) {
      return `[${negated ? '^' : ''}${ranges}]`;
    }
    const script = /^(?:Is|script=|sc=)([A-Z][a-z]+)$/.exec(name)?.[1];
    const binary = /^Is(Alphabetic|Lowercase|Uppercase|Ideographic|White_Space)$/.exec(name)?.[1];
    const category = name.replace(/^(?:Is|general_category=|gc=)(?=[A-Z][a-z]?$)/, '');
    return `\\${negated ? 'P' : 'p'}{${binary ?? (script ? `Script=${script}` : category)}}`;
  };

  const quoted = (): string => {
    const stop = pattern.indexOf('\\E', at);
    const text = stop < 0 ? pattern.slice(at) : pattern.slice(at, stop);
    at = stop < 0 ? pattern.length : stop + 2;
    return [...text].map(literal).join('');
  };

  const escape = (inClass: boolean): string => {
    const character = next();
    if (character === 'Q') {
      return quoted();
    }
    if (character === 'p' || character === 'P') {
      return property(character === 'P');
    }
    if (character === 'x') {
      return peek('{') && take('{') ? `\\u{${upTo('}')}}` : hex(2);
    }
    if (character === 'u') {
      return hex(4);
    }
    if (character === 'c') {
      return `\\u{${(next().charCodeAt(0) ^ 64).toString(16)}}`;
    }
    const shared = SHARED[character];
    if (shared) {
      return shared;
    }
    if (!inClass) {
      if (character === 'b' && peek('{')) {
        return refuse('a boundary \\b{…}');
      }
      const anchor = ANCHORS[character];
      if (anchor) {
        return anchor;
      }
      if (character === 'k' && take('<')) {
        return `\\k<${upTo('>')}>`;
      }
      // Bracketed, so that a digit after it stays a digit.
      if (/[1-9]/.test(character)) {
        return `(?:\\${character})`;
      }
    }
    return /[A-Za-z0-9]/.test(character) ? refuse(`\\${character}`) : literal(character);
  };

  const characterClass = (): string => {
    const negation = take('^') ? '^' : '';
    // The operands of &&; the v mode wants each to be a class of its own.
    const operands = [''];
    const add = (text: string): void => {
      operands.push(`${operands.pop() ?? ''}${text}`);
    };
    let first = true;
    while (first || !peek(']')) {
      if (take('&&')) {
        operands.push('');
      } else if (take('[')) {
        add(characterClass());
      } else if (take('\\')) {
        add(escape(true));
      } else if (!first && peek('-') && !peek('-]') && !peek('-[') && !peek('-&&') && take('-')) {
        add('-');
      } else {
        add(literal(next()));
      }
      first = false;
    }
    take(']');
    const members = operands.length === 1 ? operands.join('') : operands.map((operand) => `[${operand}]`).join('&&');
    return `[${negation}${members}]`;
  };

  const group = (): string => {
    if (!take('?')) {
      return '(';
    }
    for (const lookaround of [':', '=', '!', '<=', '<!']) {
      if (take(lookaround)) {
        return `(?${lookaround}`;
      }
    }
    if (take('<')) {
      return `(?<${upTo('>')}>`;
    }
    if (peek('>')) {
      return refuse('an atomic group (?>…)');
    }
    return refuse('inline flags other than (?i), (?m), (?s) at its start');
  };

  const quantifier = (text: string): string => {
    const lazy = take('?') ? '?' : '';
    if (lazy === '' && peek('+')) {
      return refuse(`a possessive quantifier ${text}+`);
    }
    return text + lazy;
  };

  const start = /^\(\?([ims]+)\)/.exec(pattern);
  if (start) {
    flags = [...new Set(start[1])].join('');
    at = start[0].length;
  }

  let source = '';
  while (at < pattern.length) {
    const character = next();
    if (character === '\\') {
      source += escape(false);
    } else if (character === '[') {
      source += characterClass();
    } else if (character === '(') {
      source += group();
    } else if (character === '{') {
      source += quantifier(`{${upTo('}')}}`);
    } else if ('*+?'.includes(character)) {
      source += quantifier(character);
    } else if (character === '.') {
      source += flags.includes('s') ? '.' : DOT;
    } else if (character === '$') {
      source += flags.includes('m') ? '$' : DOLLAR;
    } else if ('^|)'.includes(character)) {
      source += character;
    } else {
      source += literal(character);
    }
  }
  return { source, flags };
}
