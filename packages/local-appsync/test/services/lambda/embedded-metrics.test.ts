import { isEmbeddedMetrics } from '../../../src/services/lambda/embedded-metrics';

test.each([
  '{"_aws":{"Timestamp":1,"CloudWatchMetrics":[{"Namespace":"N","Dimensions":[[]],"Metrics":[{"Name":"M"}]}]},"M":1}',
  '{"level":"INFO","_aws":{"Timestamp":1,"CloudWatchMetrics":[]}}',
])('%s is metrics', (line) => expect(isEmbeddedMetrics(line)).toBe(true));

test.each([
  'INFO\tthe CloudWatchMetrics',
  '{"CloudWatchMetrics":[]}',
  '{"_aws":"CloudWatchMetrics"}',
  '{"_aws":{"CloudWatchMetrics":[]}',
  '{"message":"{\\"_aws\\":{\\"CloudWatchMetrics\\":[]}}"}',
])('%s is a line like any other', (line) => expect(isEmbeddedMetrics(line)).toBe(false));
