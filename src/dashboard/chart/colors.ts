/** Colours of the stylesheet as canvas takes them. */

export type ColorName = 'accent' | 'accent-soft' | 'accent-2' | 'text' | 'muted' | 'line';

/** A custom property holds `light-dark(…)`; only a property that uses it has one colour. */
export function readColors(host: HTMLElement): Readonly<Record<ColorName, string>> {
  const probe = document.createElement('span');
  host.append(probe);
  const read = (name: ColorName): string => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  const colors = {
    accent: read('accent'),
    'accent-soft': read('accent-soft'),
    'accent-2': read('accent-2'),
    text: read('text'),
    muted: read('muted'),
    line: read('line'),
  };
  probe.remove();
  return colors;
}
