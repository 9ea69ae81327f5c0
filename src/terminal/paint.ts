import pc from 'picocolors';

type Brush = (text: string) => string;

/** One accent for what is new, one for what changed, one for what is wrong; dim for what is only context. */
export interface Paint {
  readonly fresh: Brush;
  readonly changed: Brush;
  readonly wrong: Brush;
  readonly dim: Brush;
  readonly strong: Brush;
  /** A link that terminals open; the plain text where colours are off. */
  link(text: string, url: string): string;
}

/** The brushes; without colours they leave the text as it is. */
export function painter(colours: boolean): Paint {
  const { green, yellow, red, dim, bold } = pc.createColors(colours);
  return {
    fresh: green,
    changed: yellow,
    wrong: red,
    dim,
    strong: bold,
    link: (text, url) => (colours && isPlainAddress(url) ? `\u001b]8;;${url}\u0007${text}\u001b]8;;\u0007` : text),
  };
}

/** Only what cannot end the escape sequence that it stands in. */
function isPlainAddress(url: string): boolean {
  return /^https?:\/\/[\x21-\x7e]+$/.test(url);
}
