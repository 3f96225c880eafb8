import { batchDelete, batchGet, batchPut, transactGet, transactWrite } from './many-items';
import { operations } from './operations';
import { get, put, query, remove, scan, update } from './requests';
import { attributeSet } from './values';

/** `@aws-appsync/utils/dynamodb` */
export const ddb = {
  get,
  put,
  update,
  remove,
  query,
  scan,
  batchGet,
  batchPut,
  batchDelete,
  transactGet,
  transactWrite,
  toStringSet: (values: unknown) => attributeSet('SS', values),
  // Strings, unlike util.dynamodb.toNumberSet: so the typings show it.
  toNumberSet: (values: unknown) => attributeSet('NS', Array.isArray(values) ? values.map(String) : values),
  toBinarySet: (values: unknown) => attributeSet('BS', values),
  operations,
};
