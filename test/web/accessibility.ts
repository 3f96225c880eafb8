import axe from 'axe-core';
import type { Page } from 'playwright-core';

type Axe = typeof axe;

/** What axe finds in a page, in the light theme and in the dark one. `except` names what is not the page's own. */
export async function faultsIn(page: Page, except: { parts?: string[]; rules?: string[] } = {}): Promise<string[]> {
  await page.evaluate(axe.source);
  const found = await page.evaluate(async ({ parts = [], rules = [] }) => {
    const { axe } = globalThis as unknown as { axe: Axe };
    const root = (globalThis as unknown as { document: { documentElement: { dataset: { theme?: string } } } }).document
      .documentElement;
    const disabled = Object.fromEntries(rules.map((rule) => [rule, { enabled: false }]));
    const inOneTheme = await axe.run({ exclude: parts }, { rules: disabled });
    const { theme } = root.dataset;
    if (theme === undefined) {
      return inOneTheme.violations;
    }
    root.dataset.theme = theme === 'dark' ? 'light' : 'dark';
    const inTheOther = await axe.run({ exclude: parts }, { runOnly: ['color-contrast'] });
    root.dataset.theme = theme;
    return [...inOneTheme.violations, ...inTheOther.violations];
  }, except);
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
}

/** In the page: what has the focus, as a screen reader would name it. */
const FOCUSED = `(() => {
  const at = document.activeElement;
  const kind = { A: 'link', BUTTON: 'button', SELECT: 'choice', TEXTAREA: 'text', INPUT: at.type, BODY: 'nothing' };
  const named = at.querySelector?.('.row-title') ?? at;
  // Without what is in the control itself.
  const labelOf = (label) => label && [...label.childNodes]
    .filter((node) => !node.matches?.('select, textarea, input')).map((node) => node.textContent).join('');
  const label = at.getAttribute('aria-label') ?? labelOf(at.labels?.[0]) ?? (named.value || named.textContent);
  const name = at === document.body ? '' : label.replace(/\\s+/g, ' ').trim().slice(0, 60);
  return ((kind[at.tagName] ?? at.tagName.toLowerCase()) + ' ' + name).trim();
})()`;

export async function focused(page: Page): Promise<string> {
  return page.evaluate<string>(FOCUSED);
}

const MOST_STOPS = 60;

/** What Tab leads to, one after the other, from the top of the page or of its dialog until it begins anew. */
export async function tabStops(page: Page): Promise<string[]> {
  await page.evaluate(`{
    const top = document.querySelector('dialog[open]') ?? document.body;
    top.tabIndex = -1;
    top.focus();
    top.removeAttribute('tabindex');
  }`);
  const stops: string[] = [];
  for (;;) {
    await page.keyboard.press('Tab');
    const stop = await focused(page);
    if (stop === 'nothing' || stop === stops[0]) {
      return stops;
    }
    // A date has a stop for each of its parts.
    if (stop !== stops.at(-1)) {
      stops.push(stop);
    }
    if (stops.length > MOST_STOPS) {
      throw new Error(`Tab is caught: ${stops.join(', ')}`);
    }
  }
}
