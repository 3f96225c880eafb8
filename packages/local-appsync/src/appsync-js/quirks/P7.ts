import type { Quirk } from './quirk';

/** Acts where arguments are made: local/appsync/arguments.ts. */
export const P7: Quirk = {
  id: 'P7',
  title: 'defaults of the schema do not reach resolvers',
  source: 'aws-appsync-community #59, #271; aws-cdk #21550',
  certainty: 'many',
};
