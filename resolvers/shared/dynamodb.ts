// See appsync.ts.
export { get, put, query } from '@aws-appsync/utils/dynamodb';
