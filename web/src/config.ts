import { type Backoff, backoff } from '../../client/backoff';
import { pause } from './shared/pause';

const PATIENCE_MS = 30_000;

/** Where the API is, and who signs people in. */
export interface Config {
  endpoint: string;
  region: string;
  /** A deployed system's; absent: the local one, which hands out tokens to whoever asks. */
  userPool?: { userPoolId: string; userPoolClientId: string };
}

/**
 * `config.json` beside the page, as the hosting of a deployed desk puts it there; where there is none, the page's own
 * server. Asks until the server answers: an error or a page of somebody else is no answer. `waiting` hears of each miss.
 */
export async function loadConfig(waiting: () => void, wait: Backoff = backoff): Promise<Config> {
  for (let retry = 1; ; retry += 1) {
    const config = await readConfig();
    if (config) {
      return config;
    }
    waiting();
    await pause(wait(retry), untilOnline);
  }
}

async function readConfig(): Promise<Config | null> {
  try {
    const response = await fetch('/config.json', { signal: AbortSignal.timeout(PATIENCE_MS) });
    if (response.status === 404) {
      return { endpoint: `${location.origin}/graphql`, region: 'us-east-1' };
    }
    return response.ok ? ((await response.json()) as Config) : null;
  } catch (error) {
    // No answer, none in time, or no JSON.
    console.warn(error);
    return null;
  }
}

function untilOnline(wake: () => void): () => void {
  addEventListener('online', wake);
  return () => removeEventListener('online', wake);
}
