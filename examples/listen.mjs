// Prints each change that subscribers are told of: node examples/listen.mjs [endpoint] [api key]
import { Amplify } from 'aws-amplify';
import { generateClient } from 'aws-amplify/api';
import { WebSocket } from 'ws';

// Amplify turns http: into wss: for its realtime link, unless the scheme is in capitals.
const [endpoint = 'HTTP://localhost:4000/graphql', apiKey = 'da2-local'] = process.argv.slice(2);
globalThis.WebSocket ??= WebSocket; // Node before 22 has none

Amplify.configure({ API: { GraphQL: { endpoint, region: 'us-east-1', defaultAuthMode: 'apiKey', apiKey } } });
generateClient()
  .graphql({ query: `subscription { onTicketChanged { id version type status changes { field from to } } }` })
  .subscribe({
    next: ({ data }) => console.log(JSON.stringify(data.onTicketChanged)),
    error: (error) => console.error(error),
  });
