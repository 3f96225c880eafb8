/**
 * A line of the function's log: JSON on stdout, as it stands. The console of Lambda's runtime would wrap it in JSON of
 * its own, in which CloudWatch finds no metrics. Lambda reads `level` and `timestamp`. No text of a ticket goes in here.
 * Source: "Log and monitor Node.js Lambda functions" in the Lambda developer guide.
 */
export function log(level: 'INFO' | 'ERROR', fields: Record<string, unknown>): void {
  process.stdout.write(`${JSON.stringify({ timestamp: new Date().toISOString(), level, ...fields })}\n`);
}
