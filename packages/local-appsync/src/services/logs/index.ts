import { byName } from '../../cloudformation/physical';
import type { Service } from '../service';

/** CloudWatch Logs: what functions and the API log is the system's log, so that log groups have nothing to do. */
export const logs: Service = {
  name: 'logs',
  needs: {},
  resourceTypes: { 'AWS::Logs::LogGroup': byName },
  start: () => ({ deploy: () => ({}) }),
};
