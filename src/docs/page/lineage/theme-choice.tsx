/** Light, dark, or as the system says. */
import { themes, type Theme } from '../../../dashboard/state/theme.js';

const words: Readonly<Record<Theme, string>> = {
  auto: 'System colours',
  light: 'Light',
  dark: 'Dark',
};

export interface ThemeChoiceProps {
  readonly theme: Theme;
  readonly onTheme: (theme: Theme) => void;
}

export function ThemeChoice({ theme, onTheme }: ThemeChoiceProps) {
  return (
    <select
      aria-label="Colours"
      value={theme}
      onChange={({ currentTarget: { value } }) => onTheme(value as Theme)}
    >
      {themes.map((name) => (
        <option key={name} value={name}>
          {words[name]}
        </option>
      ))}
    </select>
  );
}
