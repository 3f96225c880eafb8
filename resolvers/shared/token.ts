import { util } from './appsync';

/**
 * The token of a page: the name of what it pages through, which has no line feed, and a position in its order. AppSync's
 * own tokens are good for any query of the same table.
 */
export function tokenOf(name: string, position: string): string {
  return util.base64Encode(`${name}\n${position}`);
}

/** The position in a token; null if the token is of something else. */
export function positionIn(token: string, name: string): string | null {
  const beginning = `${name}\n`;
  const content = isBase64(token) ? util.base64Decode(token) : '';
  return content.startsWith(beginning) ? content.slice(beginning.length) : null;
}

/** Our tokens have fewer than 8,000 characters: a filter's texts have about 500, a position 200. */
function isBase64(token: string): boolean {
  return (
    token.length <= 8000 && util.matches('^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$', token)
  );
}
