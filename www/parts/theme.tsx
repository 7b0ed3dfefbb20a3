// The choice of light or dark. It is the only thing that the page stores.
import { useLayoutEffect, useState } from 'preact/hooks';

type Theme = 'system' | 'light' | 'dark';

const KEY = 'postern-theme';

export function storedTheme(): Theme {
  try {
    const stored = localStorage.getItem(KEY);
    return stored === 'light' || stored === 'dark' ? stored : 'system';
  } catch {
    return 'system'; // Storage may be switched off.
  }
}

export function applyTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
}

function storeTheme(theme: Theme): void {
  try {
    if (theme === 'system') localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, theme);
  } catch {
    // The choice then holds until the page is closed.
  }
}

export function ThemeSelect() {
  const [theme, setTheme] = useState<Theme>('system');
  useLayoutEffect(() => setTheme(storedTheme()), []);
  const choose = (next: Theme) => {
    setTheme(next);
    applyTheme(next);
    storeTheme(next);
  };
  return (
    <p class="needs-script">
      <label for="theme">Theme</label>{' '}
      <select id="theme" value={theme} onChange={(event) => choose(event.currentTarget.value as Theme)}>
        <option value="system">System</option>
        <option value="light">Light</option>
        <option value="dark">Dark</option>
      </select>
    </p>
  );
}
