import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { post } from '../support/http';
import { RunningSystem, type StartOptions } from '../support/system';
import { buildWeb, launch, Window } from './browser';

export const PAGES = ['--web', join(__dirname, '..', '..', 'web', 'dist')];

/** One system and one browser for all tests of a file. Each test gets windows of its own, whose pages must not fail. */
export class Pages {
  browser!: Browser;
  system!: RunningSystem;
  private readonly windows: Window[] = [];

  /** To be called in a `describe`: says what Jest does before and after its tests. */
  static forAllTests(options: StartOptions = {}): Pages {
    const pages = new Pages();
    beforeAll(async () => {
      buildWeb();
      [pages.system, pages.browser] = await Promise.all([
        RunningSystem.start({ ...options, flags: [...PAGES, ...(options.flags ?? [])] }),
        launch(),
      ]);
    });
    afterEach(async () => {
      await Promise.all(pages.windows.splice(0).map((window) => window.close()));
    });
    afterAll(async () => {
      await pages.browser?.close();
      await pages.system?.stop();
    });
    return pages;
  }

  get url(): string {
    return this.system.url.replace('127.0.0.1', 'localhost');
  }

  async open(user: string, path = '', options: Parameters<Browser['newContext']>[0] = {}): Promise<Window> {
    const window = await Window.open(this.browser, `${this.url}/${path}`, user, options);
    this.windows.push(window);
    return window;
  }

  /** Waits for the editors, which GraphiQL brings up one after the other. */
  async openExplorer(path = 'explorer/', options: Parameters<Browser['newContext']>[0] = {}): Promise<Window> {
    const window = await this.open('alice', path, options);
    for (const editor of ['Query', 'Variables', 'Response']) {
      await window.page.getByRole('textbox', { name: editor, exact: true }).waitFor();
    }
    return window;
  }

  async openTab(first: Window, path: string): Promise<Window> {
    const tab = await first.openTab(`${this.url}/${path}`);
    this.windows.push(tab);
    return tab;
  }

  /** Does something without a browser, by the API key. */
  async api(query: string, input: object): Promise<void> {
    const { errors } = await post(this.system.graphqlUrl, query, { input });
    expect(errors).toBeUndefined();
  }
}
