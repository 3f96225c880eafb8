import { state } from './evaluation-state';

/** `extensions`: each call leaves a note in the effects; the endpoint acts on it. */
export const extensions = {
  setSubscriptionFilter: (filter: unknown): void => {
    state().effects.subscriptionFilter = filter;
  },
  setSubscriptionInvalidationFilter: (filter: unknown): void => {
    state().effects.subscriptionInvalidationFilter = filter;
  },
  invalidateSubscriptions: (invalidation: unknown): void => {
    state().effects.invalidations.push(invalidation);
  },
  evictFromApiCache: (typeName: string, fieldName: string, keyValuePair: unknown): void => {
    state().effects.cacheEvictions.push({ typeName, fieldName, keyValuePair });
  },
};
