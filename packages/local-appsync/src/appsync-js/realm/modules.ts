/**
 * The modules resolver code may import, with the names they export as values
 * (source: the typings of @aws-appsync/utils 2.1.1). `sync` is typed but refused by the
 * service at deploy time, so it is not listed.
 */
export const APPSYNC_MODULES: Readonly<Record<string, readonly string[]>> = {
  '@aws-appsync/utils': ['util', 'extensions', 'runtime'],
  '@aws-appsync/utils/dynamodb': [
    'get',
    'put',
    'update',
    'remove',
    'query',
    'scan',
    'batchGet',
    'batchPut',
    'batchDelete',
    'transactGet',
    'transactWrite',
    'toStringSet',
    'toNumberSet',
    'toBinarySet',
    'operations',
  ],
  '@aws-appsync/utils/rds': [
    'select',
    'insert',
    'update',
    'remove',
    'sql',
    'createPgStatement',
    'createMySQLStatement',
    'toJsonObject',
    'typeHint',
    'agg',
  ],
  '@aws-appsync/utils/ai': ['invokeModel', 'converse'],
};
