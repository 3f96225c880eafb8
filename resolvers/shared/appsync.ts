// One import of each module of AppSync's in a bundle, without other names for the same (D5).
export { extensions, runtime, util } from '@aws-appsync/utils';
