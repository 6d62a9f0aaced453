/** Light, dark, or as the system says: the one thing that the browser remembers. */

export const themes = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const NAME = 'techstore-theme';

export function readTheme(): Theme {
  try {
    return themes.find((theme) => theme === localStorage.getItem(NAME)) ?? 'auto';
  } catch {
    // A browser may keep nothing at all.
    return 'auto';
  }
}

export function applyTheme(theme: Theme): void {
  document.documentElement.dataset['theme'] = theme;
  // Charts are drawn, not styled: they have to be told.
  dispatchEvent(new Event('themechange'));
}

export function keepTheme(theme: Theme): void {
  applyTheme(theme);
  try {
    localStorage.setItem(NAME, theme);
  } catch {
    // It holds for this page then.
  }
}
