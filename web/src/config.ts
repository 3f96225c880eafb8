/** Where the API is, and who signs people in. */
export interface Config {
  endpoint: string;
  region: string;
  /** A deployed system's; absent: the local one, which hands out tokens to whoever asks. */
  userPool?: { userPoolId: string; userPoolClientId: string };
}

/** `config.json` beside the page, as the hosting of a deployed desk puts it there; without it the page's own server. */
export async function loadConfig(): Promise<Config> {
  const response = await fetch('/config.json');
  const isConfig = response.ok && response.headers.get('content-type')?.includes('json');
  return isConfig
    ? ((await response.json()) as Config)
    : { endpoint: `${location.origin}/graphql`, region: 'us-east-1' };
}
