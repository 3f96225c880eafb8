'use strict';

/**
 * The handler's second argument.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html
 * @param {{ requestId: string, deadline: number }} invocation deadline in milliseconds since the epoch
 */
exports.contextOf = ({ requestId, deadline }) => {
  const { env } = process;
  const name = env.AWS_LAMBDA_FUNCTION_NAME;
  return {
    callbackWaitsForEmptyEventLoop: true,
    awsRequestId: requestId,
    functionName: name,
    functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION,
    invokedFunctionArn: `arn:aws:lambda:${env.AWS_REGION}:000000000000:function:${name}`,
    memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME,
    clientContext: undefined,
    identity: undefined,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
};
