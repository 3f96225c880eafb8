'use strict';
// What a function may load: its own files and those of its layers, Node's modules, and the SDK packages that Lambda's runtimes bring.
// An asset below this project would otherwise find every package that the project has, and work here only.
const { realpathSync } = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const { pathToFileURL } = require('node:url');

/** Source: https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html (runtime-included SDK) */
function isProvided(specifier) {
  return /^@(aws-sdk|smithy)\//.test(specifier);
}

function isInside(root, file) {
  return file === root || file.startsWith(root + path.sep);
}

function notFound(code, specifier, from) {
  return Object.assign(
    new Error(
      `Cannot find module '${specifier}' imported from ${from}. Lambda has only the function's own asset, ` +
        `@aws-sdk/* and @smithy/*: bundle what else it needs.`,
    ),
    { code },
  );
}

/** For require(). */
exports.confineRequire = (folders) => {
  const roots = folders.map((folder) => realpathSync(folder));
  const isOurs = (file) => roots.some((root) => isInside(root, file));
  const resolveFilename = Module._resolveFilename;
  Module._resolveFilename = function (specifier, parent, ...rest) {
    const found = resolveFilename.call(this, specifier, parent, ...rest);
    const asksFromTask = parent?.filename && isOurs(parent.filename);
    if (asksFromTask && path.isAbsolute(found) && !isProvided(specifier) && !isOurs(found)) {
      throw notFound('MODULE_NOT_FOUND', specifier, parent.filename);
    }
    return found;
  };
};

/** For import; it starts a thread of Node's, so only ES modules pay for it. */
exports.confineImport = (taskRoot, providedModules) => {
  Module.register(pathToFileURL(path.join(__dirname, 'import-hooks.mjs')), {
    data: {
      root: pathToFileURL(realpathSync(taskRoot) + path.sep).href,
      // Import looks into no NODE_PATH; a neighbour of that folder finds what is in it.
      neighbour: pathToFileURL(path.join(path.dirname(providedModules), 'neighbour.mjs')).href,
    },
  });
};

exports.isProvided = isProvided;
exports.notFound = notFound;
