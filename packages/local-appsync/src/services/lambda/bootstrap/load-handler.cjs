'use strict';
const { existsSync } = require('node:fs');
const path = require('node:path');
const { pathToFileURL } = require('node:url');
const { confineImport, confineRequire } = require('./task-modules.cjs');

function named(name, message) {
  return Object.assign(new Error(message), { name, stack: `${name}: ${message}` });
}

/**
 * Finds and loads what a function's Handler names, `folder/file.export`, as a CommonJS or an ES module.
 * The errors are those of Lambda's Node.js runtime.
 */
exports.loadHandler = async (taskRoot, handler) => {
  const folder = path.dirname(handler);
  const [file, ...names] = path.basename(handler).split('.');
  if (!file || names.length === 0) {
    throw named('Runtime.MalformedHandlerName', `Bad handler: ${handler}`);
  }

  const places = process.env.NODE_PATH.split(path.delimiter);
  // The task's own modules first, the runtime's last; layers lie between.
  confineRequire([taskRoot, ...places.slice(1, -1).filter(existsSync)]);
  const exported = await load(taskRoot, path.resolve(taskRoot, folder, file));
  const found = names.reduce((value, name) => value?.[name], exported);
  if (found === undefined) {
    throw named('Runtime.HandlerNotFound', `${handler} is undefined or not exported`);
  }
  if (typeof found !== 'function') {
    throw named('Runtime.HandlerNotFound', `${handler} is not a function`);
  }
  return found;
};

async function load(taskRoot, base) {
  const file = ['.js', '.mjs', '.cjs'].map((extension) => base + extension).find(existsSync);
  if (!file) {
    throw named('Runtime.ImportModuleError', `Error: Cannot find module '${path.basename(base)}'`);
  }
  try {
    return await requireOrImport(taskRoot, file);
  } catch (error) {
    if (error instanceof SyntaxError) {
      throw named('Runtime.UserCodeSyntaxError', `SyntaxError: ${error.message}`);
    }
    if (error?.code === 'MODULE_NOT_FOUND' || error?.code === 'ERR_MODULE_NOT_FOUND') {
      throw named('Runtime.ImportModuleError', `Error: ${error.message}`);
    }
    throw error;
  }
}

async function requireOrImport(taskRoot, file) {
  if (!file.endsWith('.mjs')) {
    try {
      return require(file);
    } catch (error) {
      // A .js file under a package.json that says "module".
      if (error?.code !== 'ERR_REQUIRE_ESM') {
        throw error;
      }
    }
  }
  confineImport(taskRoot, process.env.NODE_PATH.split(path.delimiter).at(-1));
  return import(pathToFileURL(file).href);
}
