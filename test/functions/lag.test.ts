import { LATE_AFTER_MS, lagMetric, lagOf, lateArrival } from '../../functions/project/lag';
import { create, happened } from '../domain/specification';

const [event] = happened([create()]);
const at = Date.parse(event!.at);

test('the lag of an event is the time since, in milliseconds', () => {
  expect(lagOf(event!, at + 1500)).toBe(1500);
});

test('is nothing where the clock that stamped the event is ahead', () => {
  expect(lagOf(event!, at - 20)).toBe(0);
});

test.each([
  ['up to two seconds is in time', 0, null],
  ['of more is late, which is told by when', 1, new Date(at + LATE_AFTER_MS + 1).toISOString()],
])('of an event %s', (_, more, arrival) => {
  expect(LATE_AFTER_MS).toBe(2000);
  expect(lateArrival(event!, at + LATE_AFTER_MS + more)).toBe(arrival);
});

test('is a metric of the function in the embedded metric format, a value for each event', () => {
  expect(lagMetric([10, 20], 'Project', 99)).toEqual({
    _aws: {
      Timestamp: 99,
      CloudWatchMetrics: [
        {
          Namespace: 'EventDrivenTickets',
          Dimensions: [['FunctionName']],
          Metrics: [{ Name: 'ProjectionLag', Unit: 'Milliseconds' }],
        },
      ],
    },
    FunctionName: 'Project',
    ProjectionLag: [10, 20],
  });
});
