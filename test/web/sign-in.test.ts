import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page, Route } from 'playwright-core';
import { faultsIn, tabStops } from './accessibility';
import { buildWeb, describeInBrowser, launch } from './browser';

const DIST = join(__dirname, '..', '..', 'web', 'dist');
const ORIGIN = 'http://localhost';
const TYPES: Record<string, string> = { html: 'text/html', js: 'text/javascript', css: 'text/css' };

type Request = Record<string, unknown>;

/** Cognito, as far as a sign-in asks it: it takes every password, and remembers what was asked. */
class Cognito {
  readonly asked: string[] = [];
  readonly bodies: Record<string, Request> = {};
  /** What it asks for after the password, before it hands out tokens. */
  challenges: object[] = [];

  private readonly answers: Record<string, () => object> = {
    // Numbers of the protocol, of which only the size matters here.
    InitiateAuth: () => ({
      ChallengeName: 'PASSWORD_VERIFIER',
      ChallengeParameters: {
        ...{ USERNAME: 'alice', USER_ID_FOR_SRP: 'alice', SALT: 'abcdef0123456789', SECRET_BLOCK: 'c2VjcmV0' },
        SRP_B: '5'.repeat(768),
      },
    }),
    RespondToAuthChallenge: () => this.challenges.shift() ?? { AuthenticationResult: tokens() },
    AssociateSoftwareToken: () => ({ SecretCode: 'KEYFORTHEAPP', Session: 's' }),
    VerifySoftwareToken: () => ({ Status: 'SUCCESS', Session: 's' }),
    ForgotPassword: () => ({ CodeDeliveryDetails: { DeliveryMedium: 'EMAIL', Destination: 'a***@e***' } }),
  };

  async answer(route: Route): Promise<void> {
    const headers = { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' };
    const operation = route.request().headers()['x-amz-target']?.split('.')[1];
    if (!operation) {
      return route.fulfill({ headers });
    }
    this.asked.push(operation);
    this.bodies[operation] = route.request().postDataJSON() as Request;
    const body = JSON.stringify(this.answers[operation]?.() ?? {});
    return route.fulfill({ headers, contentType: 'application/x-amz-json-1.1', body });
  }
}

function tokens() {
  const inAnHour = Math.floor(Date.now() / 1000) + 3_600;
  const claims = { sub: '1', username: 'alice', 'cognito:username': 'alice', exp: inAnHour, iat: inAnHour - 3_600 };
  const jwt = ['{"alg":"none"}', JSON.stringify(claims), ''].map((part) => Buffer.from(part).toString('base64url'));
  return {
    AccessToken: jwt.join('.'),
    IdToken: jwt.join('.'),
    RefreshToken: 'r',
    ExpiresIn: 3_600,
    TokenType: 'Bearer',
  };
}

describeInBrowser('the sign-in of a deployed desk', () => {
  let browser: Browser;
  let page: Page;
  let cognito: Cognito;
  beforeAll(async () => {
    buildWeb();
    browser = await launch();
  });
  afterAll(() => browser?.close());

  beforeEach(async () => {
    cognito = new Cognito();
    page = await browser.newPage();
    await page.route(`${ORIGIN}/**`, (route) => {
      const path = new URL(route.request().url()).pathname;
      if (path === '/config.json') {
        const userPool = { userPoolId: 'eu-central-1_pool', userPoolClientId: 'client' };
        return route.fulfill({ json: { endpoint: `${ORIGIN}/graphql`, region: 'eu-central-1', userPool } });
      }
      if (path === '/graphql') {
        return route.abort();
      }
      const file = path === '/' ? 'index.html' : path.slice(1);
      return route.fulfill({ body: readFileSync(join(DIST, file)), contentType: TYPES[file.split('.').pop()!] });
    });
    await page.route('https://cognito-idp.eu-central-1.amazonaws.com/', (route) => cognito.answer(route));
    await page.goto(`${ORIGIN}/`);
  });
  afterEach(() => page.close());

  async function fill(answers: Record<string, string>, button: string): Promise<void> {
    for (const [label, value] of Object.entries(answers)) {
      await page.getByLabel(label, { exact: true }).fill(value);
    }
    await page.getByRole('button', { name: button, exact: true }).click();
  }
  const signIn = () => fill({ Username: 'alice', Password: 'correct horse battery' }, 'Sign in');
  const signedIn = () => page.getByRole('button', { name: 'Sign out' }).waitFor();

  test('takes a username and a password, and sends no password', async () => {
    await signIn();
    await signedIn();
    expect(cognito.asked.slice(0, 2)).toEqual(['InitiateAuth', 'RespondToAuthChallenge']);
    expect(JSON.stringify(cognito.bodies)).not.toContain('correct horse');
  });

  test('lets who forgot the password set another one, by a code that comes by mail', async () => {
    await page.getByRole('button', { name: 'Forgotten password' }).click();
    await fill({ Username: 'alice' }, 'Send a code');
    await page.getByText('a code is on its way').waitFor();
    expect(cognito.bodies.ForgotPassword).toMatchObject({ ClientId: 'client', Username: 'alice' });
    await fill({ 'Code from the e-mail': '123456', 'New password': 'another horse battery' }, 'Set the password');
    await signedIn();
    expect(cognito.bodies.ConfirmForgotPassword).toMatchObject({
      ...{ Username: 'alice', ConfirmationCode: '123456', Password: 'another horse battery' },
    });
  });

  test('sets an authenticator app up for who wants one, and asks for its codes from then on', async () => {
    await page.getByLabel('Set up an authenticator app').check();
    await signIn();
    await page.getByText('KEYFORTHEAPP').waitFor();
    expect(await page.getByRole('link', { name: 'Open your app' }).getAttribute('href')).toMatch(
      /^otpauth:\/\/totp\/.*alice.*secret=KEYFORTHEAPP/,
    );
    await fill({ 'Code of your authenticator app': '654321' }, 'Go on');
    await signedIn();
    expect(cognito.bodies.VerifySoftwareToken).toMatchObject({ UserCode: '654321' });
    expect(cognito.bodies.SetUserMFAPreference).toMatchObject({
      SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true },
    });
  });

  test('lets who is signed in leave the app for later', async () => {
    await page.getByLabel('Set up an authenticator app').check();
    await signIn();
    await page.getByRole('button', { name: 'Not now' }).click();
    await signedIn();
    expect(cognito.asked).not.toContain('SetUserMFAPreference');
  });

  test('sets an app up where the pool requires one', async () => {
    cognito.challenges = [
      { ChallengeName: 'MFA_SETUP', Session: 's', ChallengeParameters: { MFAS_CAN_SETUP: '["SOFTWARE_TOKEN_MFA"]' } },
    ];
    await signIn();
    await page.getByText('KEYFORTHEAPP').waitFor();
    await fill({ 'Code of your authenticator app': '654321' }, 'Go on');
    await signedIn();
  });

  test('asks for the code of an app, and for a password of one’s own, when Cognito does', async () => {
    cognito.challenges = [
      {
        ChallengeName: 'NEW_PASSWORD_REQUIRED',
        Session: 's',
        ChallengeParameters: { requiredAttributes: '[]', userAttributes: '{}' },
      },
      { ChallengeName: 'SOFTWARE_TOKEN_MFA', Session: 's', ChallengeParameters: {} },
    ];
    await signIn();
    await fill({ 'New password': 'another horse battery' }, 'Go on');
    await fill({ 'Code of your authenticator app': '111111' }, 'Go on');
    await signedIn();
  });

  test('axe finds nothing in any step, and Tab goes through it in order', async () => {
    expect(await faultsIn(page)).toEqual([]);
    expect(await tabStops(page)).toEqual([
      ...['text Username', 'password Password', 'checkbox Set up an authenticator app'],
      ...['button Sign in', 'button Forgotten password'],
    ]);
    await page.getByLabel('Set up an authenticator app').check();
    await signIn();
    await page.getByText('KEYFORTHEAPP').waitFor();
    expect(await faultsIn(page)).toEqual([]);
    expect(await tabStops(page)).toEqual([
      ...['link Open your app', 'text Code of your authenticator app', 'button Go on', 'button Not now'],
    ]);
  });

  test('a way back leads to the beginning', async () => {
    await page.getByRole('button', { name: 'Forgotten password' }).click();
    await page.getByRole('button', { name: 'Back' }).click();
    await signIn();
    await signedIn();
  });
});
