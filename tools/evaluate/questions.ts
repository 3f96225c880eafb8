import type { Row } from './question';
import { DEPLOYMENT } from './questions/deployment';
import { ITERATION } from './questions/iteration';
import { NUMBERS } from './questions/numbers';
import { PIPELINE } from './questions/pipeline';
import { TEXT } from './questions/text';
import { TIME } from './questions/time';
import { VALUES } from './questions/values';

/** All that is reported of APPSYNC_JS, or suspected, and that EvaluateCode can settle. */
export const ROWS: readonly Row[] = [...VALUES, ...NUMBERS, ...ITERATION, ...DEPLOYMENT, ...TEXT, ...TIME, ...PIPELINE];

/** What a deployed API alone can show. */
export const UNSEEN: readonly string[] = [
  'A2    whether a variable that is declared but not sent arrives as null',
  'B2    what ctx.result is after a failed condition',
  'D1    whether the check at deployment is the one of EvaluateCode',
  'J1    how AWSJSON comes out that is a plain string',
  'N1    a number of DynamoDB as text; the key that Ticket.comments makes of ctx.source.version',
  'N2    === of numbers of DynamoDB; one that is handed to get, put and between',
  'P3    ctx.prev.result after a before step that returned null',
  'S1    an argument of a subscription that is null',
  'S2    setSubscriptionFilter in the response handler',
];
