import { useState } from 'react';

type Theme = 'light' | 'dark';

const KEY = 'desk.theme';

/** What was chosen, else what the system has. */
function theme(): Theme {
  const chosen = localStorage.getItem(KEY);
  const isDark = chosen === null ? matchMedia('(prefers-color-scheme: dark)').matches : chosen === 'dark';
  return isDark ? 'dark' : 'light';
}

export function applyTheme(): void {
  document.documentElement.dataset.theme = theme();
}

export function ThemeButton() {
  const [current, setCurrent] = useState(theme);
  const other: Theme = current === 'dark' ? 'light' : 'dark';
  return (
    <button
      type="button"
      className="quiet"
      aria-label={`Switch to the ${other} theme`}
      onClick={() => {
        localStorage.setItem(KEY, other);
        applyTheme();
        setCurrent(other);
      }}
    >
      {current === 'dark' ? '☀' : '☾'}
    </button>
  );
}
