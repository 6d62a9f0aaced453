/** Text cut to what a terminal shows of it, not to a count of characters. */
import stringWidth from 'string-width';

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** The text itself where it is at most `width` columns wide, else its beginning and `…`. */
export function shorten(text: string, width: number): string {
  // No character is narrower than its place in this bound, so that most texts are not measured.
  if (text.length * 2 <= width || stringWidth(text) <= width) return text;
  let used = 0;
  let end = 0;
  for (const { segment, index } of segmenter.segment(text)) {
    used += stringWidth(segment);
    if (used > width - 1) break;
    end = index + segment.length;
  }
  return `${text.slice(0, end)}…`;
}
