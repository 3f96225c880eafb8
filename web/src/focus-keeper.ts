/**
 * Keeps the focus on the page. When what has it goes away, it would fall to BODY, and the next Tab would begin at the top.
 * The nearest element around it that is still there and has `data-home` takes it.
 */
export function keepFocus(root: HTMLElement): () => void {
  let homes: HTMLElement[] = [];
  const remember = ({ target }: FocusEvent) => {
    homes = [];
    for (let at = target as HTMLElement | null; at; at = at.parentElement) {
      if ('home' in at.dataset) {
        homes.push(at);
      }
    }
  };
  /** A click on the page itself takes the focus away on purpose. */
  const forget = ({ target }: PointerEvent) => {
    const takes = (target as HTMLElement).closest('a, button, input, select, textarea, [tabindex], label, dialog');
    homes = takes ? homes : [];
  };
  const restore = () => {
    const { activeElement } = document;
    const isLost = activeElement === null || activeElement === document.body || !isShown(activeElement);
    if (isLost) {
      homes.find((home) => home.isConnected && isShown(home))?.focus({ preventScroll: true });
    }
  };
  const observer = new MutationObserver(restore);
  observer.observe(root, { childList: true, subtree: true, attributes: true, attributeFilter: ['class', 'disabled'] });
  document.addEventListener('focusin', remember);
  document.addEventListener('pointerdown', forget);
  return () => {
    observer.disconnect();
    document.removeEventListener('focusin', remember);
    document.removeEventListener('pointerdown', forget);
  };
}

export function isShown(element: Element): boolean {
  return element.getClientRects().length > 0;
}
