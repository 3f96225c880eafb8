import { startLocalAppSync, type LocalAppSync } from 'local-appsync';
import { AppSyncJs } from 'local-appsync/appsync-js';
import { startDynamoDb } from 'local-appsync/dynamodb';

/** What a user's TypeScript sees of each door. */
export async function use(): Promise<string[]> {
  const local: LocalAppSync = await startLocalAppSync({ app: '.', semantics: 'strictest' });
  const token: string = await local.token({ user: 'alice', groups: ['editors'] });
  const dynamodb = await startDynamoDb();
  const { outcome } = new AppSyncJs().load('Query.note', '').evaluate('request', { arguments: { id: '1' } });
  // @ts-expect-error -- there is no such semantics, which shows that the types are there
  await startLocalAppSync({ semantics: 'lax' });
  return [local.url, token, dynamodb.endpoint, outcome.kind];
}
