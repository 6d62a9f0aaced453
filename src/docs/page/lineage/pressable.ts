/** What makes an element of SVG a button: click, Enter and Space. */

export function pressable(act: () => void, wasDragged: () => boolean) {
  return {
    onClick: () => {
      if (!wasDragged()) act();
    },
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      act();
    },
  };
}
