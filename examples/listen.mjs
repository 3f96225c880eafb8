import { Amplify } from 'aws-amplify';
import { generateClient } from 'aws-amplify/api';
import { Command } from 'commander';
import { WebSocket } from 'ws';

const [endpoint, apiKey] = new Command('node examples/listen.mjs')
  .description('Prints each change that subscribers are told of.')
  // Amplify turns http: into wss: for its realtime link, unless the scheme is in capitals.
  .argument('[endpoint]', 'of the API', 'HTTP://localhost:4000/graphql')
  .argument('[key]', "the API's key", 'da2-local')
  .showHelpAfterError()
  .parse().processedArgs;
globalThis.WebSocket ??= WebSocket; // Node before 22 has none

Amplify.configure({ API: { GraphQL: { endpoint, region: 'us-east-1', defaultAuthMode: 'apiKey', apiKey } } });
generateClient()
  .graphql({ query: `subscription { onTicketChanged { id version type status changes { field from to } } }` })
  .subscribe({
    next: ({ data }) => console.log(JSON.stringify(data.onTicketChanged)),
    error: (error) => console.error(error),
  });
