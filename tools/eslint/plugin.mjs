import { outsidePortable } from './portable.mjs';
import chainPastOptional from './rules/no-chain-past-optional.mjs';
import defaults from './rules/no-defaults.mjs';
import emptyEarlyReturn from './rules/no-empty-early-return.mjs';
import iterationOverText from './rules/no-iteration-over-text.mjs';
import jsonEquality from './rules/no-json-equality.mjs';
import loneSurrogate from './rules/no-lone-surrogate.mjs';
import methodTest from './rules/no-method-test.mjs';
import negativeIndex from './rules/no-negative-index.mjs';
import nullOrUndefined from './rules/no-null-or-undefined.mjs';
import numberEquality from './rules/no-number-equality.mjs';
import numberInText from './rules/no-number-in-text.mjs';
import raiseAfterNullish from './rules/no-raise-after-nullish.mjs';
import repeatedImports from './rules/no-repeated-imports.mjs';
import returnInLoop from './rules/no-return-in-loop.mjs';
import returnedAssignment from './rules/no-returned-assignment.mjs';
import scatteredImports from './rules/no-scattered-imports.mjs';
import textOrder from './rules/no-text-order.mjs';
import trim from './rules/no-trim.mjs';
import unanchoredMatches from './rules/no-unanchored-matches.mjs';
import unboundedIteration from './rules/no-unbounded-iteration.mjs';
import { version } from './version.mjs';

/**
 * Code that means the same under every reported reading of APPSYNC_JS. The readings, by the ids that the messages name,
 * are in packages/local-appsync/README.md.
 */
export const portable = {
  meta: { name: 'portable', version },
  rules: {
    'no-chain-past-optional': chainPastOptional,
    'no-defaults': defaults,
    'no-empty-early-return': emptyEarlyReturn,
    'no-iteration-over-text': iterationOverText,
    'no-json-equality': jsonEquality,
    'no-lone-surrogate': loneSurrogate,
    'no-method-test': methodTest,
    'no-negative-index': outsidePortable(negativeIndex),
    'no-null-or-undefined': outsidePortable(nullOrUndefined),
    'no-number-equality': outsidePortable(numberEquality),
    'no-number-in-text': outsidePortable(numberInText),
    'no-raise-after-nullish': raiseAfterNullish,
    'no-repeated-imports': repeatedImports,
    'no-return-in-loop': returnInLoop,
    'no-returned-assignment': returnedAssignment,
    'no-scattered-imports': scatteredImports,
    'no-text-order': outsidePortable(textOrder),
    'no-trim': outsidePortable(trim),
    'no-unanchored-matches': unanchoredMatches,
    'no-unbounded-iteration': unboundedIteration,
  },
};
