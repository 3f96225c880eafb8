/** GraphiQL's dialogs leave the focus nowhere when they close. It goes back to where it was before they opened. */
export function returnFocusFromDialogs(): void {
  let before: HTMLElement | null = null;
  document.addEventListener('focusin', ({ target }) => {
    if (target instanceof HTMLElement && target.closest('[role=dialog]') === null) {
      before = target;
    }
  });
  new MutationObserver((changes) => {
    const isClosed = changes.some(({ removedNodes }) => [...removedNodes].some(isDialog));
    if (isClosed && document.activeElement === document.body) {
      before?.focus();
    }
  }).observe(document.body, { childList: true, subtree: true });
}

function isDialog(node: Node): boolean {
  return node instanceof HTMLElement && node.matches('[role=dialog], :has([role=dialog])');
}
