'use strict';
const { types } = require('node:util');

/**
 * An error as Lambda's Node.js runtime reports it.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/nodejs-exceptions.html
 * @returns {{ errorType: string, errorMessage: string, trace: string[] }}
 */
exports.describe = (error) =>
  types.isNativeError(error) || (error && typeof error.name === 'string' && typeof error.message === 'string')
    ? {
        errorType: error.name,
        errorMessage: error.message,
        trace: typeof error.stack === 'string' ? error.stack.split('\n') : [],
      }
    : { errorType: typeof error, errorMessage: String(error), trace: [] };
