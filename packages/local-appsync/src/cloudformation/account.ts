/** Where everything seems to be: the ARNs of local resources name this region and this account. */
export const REGION = 'us-east-1';
export const ACCOUNT = '000000000000';
