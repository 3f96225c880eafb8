/**
 * Whether CloudWatch would read this line of a function's log as metrics, for which there is nobody here.
 * Source: "Specification: Embedded metric format" in the CloudWatch user guide.
 */
export function isEmbeddedMetrics(line: string): boolean {
  if (!line.startsWith('{') || !line.includes('CloudWatchMetrics')) {
    return false;
  }
  try {
    const { _aws } = JSON.parse(line) as { _aws?: { CloudWatchMetrics?: unknown } };
    return Array.isArray(_aws?.CloudWatchMetrics);
  } catch {
    return false;
  }
}
