import { spawnTied } from '../../../src/shared/process';

// A parent to be killed: starts a child that would run for long, and says its pid.
const child = spawnTied('sh', ['-c', 'sleep 600 & echo "$$ $!"; wait'], { onLine: (line) => console.log(line) });
void child.exited;
