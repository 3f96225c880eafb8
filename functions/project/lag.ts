import type { TicketEvent } from '../../domain/events';

/** The namespace of the metrics that the functions write, and the name of the one for the projector's lag. */
export const NAMESPACE = 'EventDrivenTickets';
export const PROJECTION_LAG = 'ProjectionLag';

/**
 * A change that takes longer to reach the view is late. As a rule it takes up to half a second on AWS, most of that the
 * poll of the stream.
 */
export const LATE_AFTER_MS = 2_000;

/** How long ago the event was, in milliseconds. The clock that stamped it is another one, which may be ahead. */
export function lagOf(event: TicketEvent, now: number): number {
  return Math.max(0, now - Date.parse(event.at));
}

/** When an event that reaches the view now does so; null if it is not late. ISO 8601 in UTC with milliseconds. */
export function lateArrival(event: TicketEvent, now: number): string | null {
  return lagOf(event, now) > LATE_AFTER_MS ? new Date(now).toISOString() : null;
}

/**
 * How far the view was behind, in milliseconds for each event of a batch, at most 100, as fields of a log line that
 * CloudWatch turns into a metric.
 * Source: "Specification: Embedded metric format" in the CloudWatch user guide.
 */
export function lagMetric(lags: number[], functionName: string, now: number): Record<string, unknown> {
  return {
    _aws: {
      Timestamp: now,
      CloudWatchMetrics: [
        {
          Namespace: NAMESPACE,
          Dimensions: [['FunctionName']],
          Metrics: [{ Name: PROJECTION_LAG, Unit: 'Milliseconds' }],
        },
      ],
    },
    FunctionName: functionName,
    [PROJECTION_LAG]: lags,
  };
}
