/** Light, dark, or as the system says. */
import { themes, type Theme } from '../state/theme.js';

const words: Readonly<Record<Theme, string>> = {
  auto: 'System colours',
  light: 'Light',
  dark: 'Dark',
};

export interface ThemeChoiceProps {
  readonly theme: Theme;
  readonly onTheme: (theme: Theme) => void;
  /** Its name, where no label around it says it. */
  readonly label?: string;
}

export function ThemeChoice({ theme, onTheme, label }: ThemeChoiceProps) {
  return (
    <select
      aria-label={label}
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
