import { APPSYNC_MODULES } from '../modules';
import { ddb } from './dynamodb/module';
import { extensions } from './extensions';
import { runtime } from './runtime';
import { unsupported, unsupportedHelpers } from './unsupported';
import { util } from './util';

function freezeDeep<T extends object>(object: T): T {
  for (const value of Object.values(object)) {
    if (typeof value === 'object' && value !== null) {
      freezeDeep(value);
    }
  }
  return Object.freeze(object);
}

const TYPE_HINTS = ['UUID', 'DATE', 'TIME', 'JSON', 'DECIMAL', 'TIMESTAMP'];
const AGGREGATES = [
  'min',
  'minDistinct',
  'max',
  'maxDistinct',
  'sum',
  'sumDistinct',
  'avg',
  'avgDistinct',
  'count',
  'countDistinct',
];

function notHere(short: string): Record<string, unknown> {
  const names = APPSYNC_MODULES[`@aws-appsync/utils/${short}`] ?? [];
  return Object.fromEntries(names.map((name) => [name, unsupported(`${short}.${name}`)]));
}

/** What an import of each module gives. Frozen: all resolvers of a realm share it. */
export const modules: Readonly<Record<string, object>> = freezeDeep({
  '@aws-appsync/utils': { util, extensions, runtime },
  '@aws-appsync/utils/dynamodb': ddb,
  '@aws-appsync/utils/rds': {
    ...notHere('rds'),
    typeHint: unsupportedHelpers('rds.typeHint', TYPE_HINTS),
    agg: unsupportedHelpers('rds.agg', AGGREGATES),
  },
  '@aws-appsync/utils/ai': notHere('ai'),
});
