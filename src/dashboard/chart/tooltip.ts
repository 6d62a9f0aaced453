/** A box beside the pointer that tells what is under it. */
import type uPlot from 'uplot';

/** @param linesOf the lines for a place on the x axis, the first as a heading */
export function tooltip(linesOf: (index: number) => readonly string[]): uPlot.Plugin {
  const box = document.createElement('div');
  box.className = 'tooltip';
  box.hidden = true;
  return {
    hooks: {
      init: (chart) => {
        chart.over.append(box);
        chart.over.addEventListener('mouseleave', () => {
          box.hidden = true;
        });
      },
      setCursor: (chart) => {
        const { idx, left = -1 } = chart.cursor;
        box.hidden = idx === null || idx === undefined || left < 0;
        if (box.hidden) return;
        box.replaceChildren(
          ...linesOf(idx as number).map((text, i) => {
            const line = document.createElement(i === 0 ? 'strong' : 'span');
            line.textContent = text;
            return line;
          }),
        );
        const room = chart.over.clientWidth - box.offsetWidth;
        const beside = left + 14 > room ? left - 14 - box.offsetWidth : left + 14;
        box.style.left = `${Math.max(0, Math.min(room, beside))}px`;
      },
    },
  };
}
