// Apollo Client 3 and its AppSync link, under names of their own beside Apollo Client 4. The link asks for
// `@apollo/client`, which is version 4 here: what it asks for is led to version 3.
const Module = require('node:module');

const resolve = Module._resolveFilename;
Module._resolveFilename = function (request, parent, ...rest) {
  const asksForThree = parent?.filename?.includes('subscription-link3') && request.startsWith('@apollo/client');
  return resolve.call(this, asksForThree ? request.replace('@apollo/client', 'apollo3') : request, parent, ...rest);
};

module.exports = {
  core: require('apollo3/core'),
  link: require('subscription-link3'),
};
