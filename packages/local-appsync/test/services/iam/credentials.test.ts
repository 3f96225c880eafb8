import { CredentialIssuer, type Principal } from '../../../src/services/iam/credentials';
import { Policies } from '../../../src/services/iam/policy';

const principal: Principal = {
  roleArn: 'arn:aws:iam::123456789012:role/Projector',
  roleName: 'Projector',
  sessionName: 'project',
  policies: new Policies([]),
};

describe('CredentialIssuer', () => {
  test('credentials look like those of an assumed role', () => {
    expect(new CredentialIssuer().issue(principal)).toEqual({
      accessKeyId: expect.stringMatching(/^ASIA[A-Z2-7]{16}$/) as unknown,
      secretAccessKey: expect.stringMatching(/^[A-Za-z0-9+/]{40}$/) as unknown,
      sessionToken: expect.stringMatching(/^[A-Za-z0-9+/]{256}$/) as unknown,
    });
  });

  test('an issuer knows whom it issued a key to', () => {
    const issuer = new CredentialIssuer();
    const credentials = issuer.issue(principal);
    expect(issuer.find(credentials.accessKeyId)).toEqual({ ...credentials, principal });
  });

  test('no two credentials are alike, and each stays good', () => {
    const issuer = new CredentialIssuer();
    const [first, second] = [issuer.issue(principal), issuer.issue({ ...principal, sessionName: 'other' })];
    expect(first.secretAccessKey).not.toBe(second.secretAccessKey);
    expect(first.sessionToken).not.toBe(second.sessionToken);
    expect(issuer.find(first.accessKeyId)?.principal.sessionName).toBe('project');
    expect(issuer.find(second.accessKeyId)?.principal.sessionName).toBe('other');
  });

  test('a key of another issuer is unknown', () => {
    const { accessKeyId } = new CredentialIssuer().issue(principal);
    expect(new CredentialIssuer().find(accessKeyId)).toBeUndefined();
  });
});
