import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

const ROOT = join(__dirname, '..', '..');
const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);

/** The tests in a real browser; without one they are skipped with the reason in their name. */
export function describeInBrowser(what: string, tests: () => void): void {
  if (CHROMIUM) {
    describe(what, tests);
  } else {
    describe.skip(`${what} (skipped: no Chromium is installed)`, tests);
  }
}

export function buildWeb(): void {
  execFileSync('node', ['--import', 'tsx', 'web/build.ts', '--if-changed'], { cwd: ROOT });
}

export async function launch(flags: string[] = []): Promise<Browser> {
  const quiet = ['background-networking', 'component-update', 'sync', 'quic', 'gpu'].map((what) => `--disable-${what}`);
  return chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--no-first-run', ...quiet, ...flags] });
}

/** A browser of its own, with one window, signed in as one of the local people, that fails the test if its page does. */
export class Window {
  readonly errors: string[] = [];

  private constructor(
    readonly page: Page,
    private readonly context: BrowserContext,
  ) {
    page.on('pageerror', (error) => this.errors.push(String(error.stack)));
    page.on('dialog', (dialog) => {
      this.errors.push(`a dialog opened: ${dialog.message()}`);
      void dialog.dismiss();
    });
  }

  static async open(browser: Browser, url: string, user: string, options: Parameters<Browser['newContext']>[0] = {}) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, ...options });
    const choose = `localStorage.getItem('desk.user') ?? localStorage.setItem('desk.user', ${JSON.stringify(user)})`;
    await context.addInitScript({ content: choose });
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    const window = new Window(page, context);
    await page.goto(url);
    return window;
  }

  /** Another tab of the same browser, and so of the same person. */
  async openTab(url: string): Promise<Window> {
    const page = await this.context.newPage();
    page.setDefaultTimeout(30_000);
    const tab = new Window(page, this.context);
    await page.goto(url);
    return tab;
  }

  get list() {
    return this.page.getByRole('region', { name: 'Tickets' });
  }

  get ticket() {
    return this.page.getByRole('region', { name: 'Ticket', exact: true });
  }

  row(title: string) {
    return this.list.getByRole('link').filter({ hasText: title });
  }

  button(name: string) {
    return this.page.getByRole('button', { name, exact: true });
  }

  field(name: string) {
    return this.page.getByLabel(name, { exact: true });
  }

  /** Resolves when the list, and the ticket if one is open, hear of what happens. */
  async live(count: number): Promise<void> {
    await this.page
      .locator('.connection-live')
      .nth(count - 1)
      .waitFor();
  }

  async create(title: string): Promise<void> {
    await this.button('New ticket').click();
    const dialog = this.page.getByRole('dialog', { name: 'New ticket' });
    await dialog.getByLabel('Title').fill(title);
    await dialog.getByRole('button', { name: 'Create ticket' }).click();
    await this.button('Create now').click();
    await this.button('Edit').waitFor();
    await this.ticket.getByRole('heading', { name: title }).waitFor();
  }

  /** Says something, without the time to think again. */
  async comment(words: string): Promise<void> {
    await this.field('Add a comment').fill(words);
    await this.button('Comment').click();
    await this.outbox.getByRole('button', { name: 'Send now' }).last().click();
  }

  get outbox() {
    return this.page.getByRole('region', { name: 'Outbox' });
  }

  async close(): Promise<void> {
    await this.context.close();
    expect(this.errors).toEqual([]);
  }
}
