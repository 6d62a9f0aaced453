/** Colours of a picture that is taken along, and the fonts of all pictures. */

export interface Paint {
  readonly back: string;
  /** Of lines. */
  readonly line: string;
  /** Of lines of what is followed, and of the frame of the focus. */
  readonly strong: string;
}

export const lightPaint: Paint = { back: '#ffffff', line: '#6b7280', strong: '#b83a06' };
export const darkPaint: Paint = { back: '#0e1116', line: '#8b95a5', strong: '#ff9a5c' };

/** On the boxes, whose fills are light in both. */
export const ink = '#1a1d21';

export const fontFamily =
  "system-ui, -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif";
export const fontSizes = { head: 13, row: 12 } as const;
export const headWeight = 600;
/** Of what the focus does not reach. */
export const dimOpacity = 0.25;
