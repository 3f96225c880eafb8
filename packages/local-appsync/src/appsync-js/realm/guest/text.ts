import { host } from './host';

const ESCAPES: Record<string, string> = {
  '"': '\\"',
  "'": "\\'",
  '\\': '\\\\',
  '/': '\\/',
  '\b': '\\b',
  '\n': '\\n',
  '\t': '\\t',
  '\f': '\\f',
  '\r': '\\r',
};

/** As Apache Commons' escapeEcmaScript, which AppSync's VTL documents: ASCII out. */
export function escapeJavaScript(value: string): string {
  let escaped = '';
  for (let index = 0; index < value.length; index += 1) {
    const character = value.charAt(index);
    const code = value.charCodeAt(index);
    const hex = code.toString(16).toUpperCase().padStart(4, '0');
    escaped += ESCAPES[character] ?? (code < 0x20 || code > 0x7f ? `\\u${hex}` : character);
  }
  return escaped;
}

/** Half a surrogate pair alone cannot be encoded; Java writes a question mark for it. */
const LONE_SURROGATE = /\p{Surrogate}/gu;

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

/** application/x-www-form-urlencoded, as java.net.URLEncoder: space is +, only letters, digits and .-*_ stay. */
export function urlEncode(value: string): string {
  return encodeURIComponent(value.replace(LONE_SURROGATE, '?'))
    .replace(/%20/g, '+')
    .replace(/[!'()~]/g, percent);
}

export function urlDecode(value: string): string {
  return decodeURIComponent(value.replace(/\+/g, ' '));
}

export function base64Encode(text: string): string {
  return host().base64Encode(text);
}

export function base64Decode(base64: string): string {
  return host().base64Decode(base64);
}

const FORMS = ['nfc', 'nfd', 'nfkc', 'nfkd'];

export const str = {
  normalize: (value: string, form: string): string => {
    if (!FORMS.includes(form)) {
      throw new Error(`util.str.normalize: "${form}" is none of ${FORMS.join(', ')}.`);
    }
    return value.normalize(form.toUpperCase());
  },
};
