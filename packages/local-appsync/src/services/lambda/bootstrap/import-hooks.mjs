// Node's module hooks for ES modules: see task-modules.cjs.
import taskModules from './task-modules.cjs';

const { isProvided, notFound } = taskModules;
let places;

export function initialize(data) {
  places = data;
}

export async function resolve(specifier, context, nextResolve) {
  const { root, neighbour } = places;
  if (!context.parentURL?.startsWith(root)) {
    return nextResolve(specifier, context);
  }
  if (isProvided(specifier)) {
    return resolveProvided(specifier, context, nextResolve, neighbour);
  }

  const found = await nextResolve(specifier, context);
  if (found.url.startsWith('file:') && !found.url.startsWith(root)) {
    throw notFound('ERR_MODULE_NOT_FOUND', specifier, context.parentURL);
  }
  return found;
}

async function resolveProvided(specifier, context, nextResolve, neighbour) {
  try {
    // A copy in the asset comes first.
    return await nextResolve(specifier, context);
  } catch (error) {
    if (error?.code !== 'ERR_MODULE_NOT_FOUND') {
      throw error;
    }
    return nextResolve(specifier, { ...context, parentURL: neighbour });
  }
}
