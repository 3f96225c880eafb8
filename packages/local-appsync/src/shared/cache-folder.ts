import { homedir, tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/** A folder of the user for what can be made again, shared by all runs. It need not be there yet. */
export function cacheFolder(name: string): string {
  const { XDG_CACHE_HOME } = process.env;
  const ours = join('local-appsync', name);
  if (XDG_CACHE_HOME && isAbsolute(XDG_CACHE_HOME)) {
    return join(XDG_CACHE_HOME, ours);
  }
  return join(home(), process.platform === 'darwin' ? 'Library/Caches' : '.cache', ours);
}

/** A user whom the machine does not know may have none. */
function home(): string {
  try {
    return homedir();
  } catch {
    return tmpdir();
  }
}
