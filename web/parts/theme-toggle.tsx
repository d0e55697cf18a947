'use client';

import { useEffect, useState } from 'react';

type Theme = 'light' | 'dark';

const systemTheme = (): Theme => (window.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');

/** The choice is kept in the browser; `theme.js` applies it before the page is painted. */
export function ThemeToggle() {
  const [theme, setTheme] = useState<Theme>();
  useEffect(() => {
    setTheme((document.documentElement.dataset.theme as Theme | undefined) ?? systemTheme());
  }, []);
  const other: Theme = theme === 'dark' ? 'light' : 'dark';
  const choose = () => {
    document.documentElement.dataset.theme = other;
    localStorage.setItem('pg-theme', other);
    setTheme(other);
    window.dispatchEvent(new Event('themechange'));
  };
  return (
    <button type="button" className="icon-button" onClick={choose} aria-label={`Use the ${other} theme`}>
      <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">
        <circle cx="10" cy="10" r="6.5" fill="none" stroke="currentColor" strokeWidth="1.5" />
        <path d="M10 3.5a6.5 6.5 0 0 1 0 13z" fill="currentColor" />
      </svg>
    </button>
  );
}
