import { authType } from './auth-type';
import { dynamodb } from './dynamodb/util';
import { appendError, error, unauthorized } from './errors';
import { http } from './http';
import { autoId, autoKsuid, autoUlid } from './ids';
import { matches } from './regex/matches';
import { math } from './math';
import { base64Decode, base64Encode, escapeJavaScript, str, urlDecode, urlEncode } from './text';
import { time } from './time';
import { transform } from './transform/util';
import { unsupportedHelpers } from './unsupported';

/** `util` */
export const util = {
  escapeJavaScript,
  urlEncode,
  urlDecode,
  base64Encode,
  base64Decode,
  autoId,
  autoUlid,
  autoKsuid,
  unauthorized,
  error,
  appendError,
  matches,
  authType,
  time,
  dynamodb,
  transform,
  http,
  math,
  str,
  xml: unsupportedHelpers('util.xml', ['toMap', 'toJsonString']),
  rds: unsupportedHelpers('util.rds', ['toJsonObject', 'toJsonString']),
};
