import { isRecord } from '../../../shared/is-record';
import { state } from './evaluation-state';

function hasAll(identity: Record<string, unknown>, names: readonly string[]): boolean {
  return names.every((name) => identity[name] !== undefined && identity[name] !== null);
}

/**
 * The name of the authorization mode. AppSync reads it from the shape of the identity;
 * a caller that knows it better says so in `authType` of the context.
 */
export function authType(): string {
  const { identity, authType: told } = state();
  if (told !== undefined) {
    return told;
  }
  if (!isRecord(identity)) {
    return 'API Key Authorization';
  }
  const names = Object.keys(identity);
  if (names.length === 0 || names.includes('resolverContext')) {
    return 'Lambda Authorization';
  }
  if (hasAll(identity, ['accountId', 'userArn', 'username', 'sourceIp'])) {
    return 'IAM Authorization';
  }
  if (hasAll(identity, ['sub', 'issuer', 'username', 'claims', 'sourceIp', 'defaultAuthStrategy'])) {
    return 'User Pool Authorization';
  }
  if (hasAll(identity, ['sub', 'issuer', 'claims']) && names.length === 3) {
    return 'Open ID Connect Authorization';
  }
  return 'API Key Authorization';
}
