'use strict';

/**
 * Calls a handler and hears its answer in whichever of Lambda's ways it gives it: a promise, the callback,
 * or not at all. A callback's answer leaves when the event loop is empty unless the handler says otherwise,
 * and a handler whose event loop runs dry without an answer has answered null.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html
 */
exports.run = (handler, event, context, answer, fail) => {
  let outcome = () => answer(null);
  let settled = false;
  const settle = () => {
    // A late callback must not disturb the invocation that has come after.
    if (settled) {
      return;
    }
    settled = true;
    process.off('beforeExit', settle);
    process.channel.ref();
    outcome();
  };
  const settleWith = (next) => {
    outcome = next;
    settle();
  };
  const callback = (error, value) => {
    outcome = () => (error === null || error === undefined ? answer(value) : fail(error));
    if (!context.callbackWaitsForEmptyEventLoop) {
      settle();
    }
  };

  // Unheld, the channel lets the loop run dry, which is what 'beforeExit' tells.
  process.channel.unref();
  process.on('beforeExit', settle);
  try {
    const returned = handler(event, context, callback);
    if (typeof returned?.then === 'function') {
      returned.then(
        (value) => settleWith(() => answer(value)),
        (error) => settleWith(() => fail(error)),
      );
    }
  } catch (error) {
    settleWith(() => fail(error));
  }
};
