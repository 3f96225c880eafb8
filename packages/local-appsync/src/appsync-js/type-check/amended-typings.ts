/**
 * Where AWS's typings refuse what AWS's own samples and guide write, in all versions so far. AppSync has to accept it,
 * so it can't check against them as they are published.
 */
const AMENDMENTS: readonly { file: RegExp; from: RegExp; to: string }[] = [
  // The shape of items is a parameter. JavaScript can't give it, and what TypeScript infers for it, from the item of
  // a put or from a filter, refuses keys and conditions that name other attributes.
  {
    file: /@aws-appsync\/utils\/lib\/dynamodb-helpers\.d\.ts$/,
    from: /(declare function \w+)<T(?: = unknown)?>\(payload: (\w+)<T>\)/g,
    to: '$1(payload: $2<any>)',
  },
  {
    file: /@aws-appsync\/utils\/lib\/dynamodb-helpers\.d\.ts$/,
    from: /<T = unknown>/g,
    to: '<T = any>',
  },
  // It had no parameter in early versions, and samples name it in comments without.
  {
    file: /@aws-appsync\/utils\/lib\/resolver-return-types\.d\.ts$/,
    from: /(type HTTPRequest<T extends [^=>]+>)>/,
    to: '$1 = any>',
  },
];

/** A file of typings as code is checked against it. */
export function amended(file: string, text: string): string {
  const amendments = AMENDMENTS.filter((amendment) => amendment.file.test(file));
  return amendments.reduce((soFar, { from, to }) => soFar.replace(from, to), text);
}
