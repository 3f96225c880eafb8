// Resolvers import AppSync's modules through these files, so that a bundle imports each once and under one name (D5).
export { extensions, runtime, util } from '@aws-appsync/utils';
