import { indentOf } from './lines.ts';

/** A bullet that is open: where its marker stood, where its text begins, how many stars it has. */
export interface Bullet {
  readonly marker: number;
  readonly content: number;
  readonly stars: number;
  readonly ordered: boolean;
  /** Where the text begins, in characters of the line. */
  readonly length: number;
  readonly checked: boolean | null;
  /** The number of an ordered item, else null. */
  readonly number: number | null;
}

const MARKER =
  /^([ \t\u00a0]{0,400})(\*{1,6}|\.{1,5}(?=[ \t]+\S)|[-+•‣▪◦●–—·⁃➢»→]|o(?= {2,8}\S)|o(?<=^[ \t]{2,80}o)(?= \S)|\(?\d{1,3}[.)]|\(?[a-zA-Z]\)|#\.)([ \t\u00a0]{1,40}|$)/;
/** `*Text of several words`, when no emphasis ends later. */
const TIGHT = /^([ \t]{0,40})([*-])(?=\p{Lu}[^*\s]{0,40} [^*\s]{1,40} [^*]{1,2000}$)()/u;
/** A box that is its own bullet: "☐ do it", "[ ] do it". */
const LONE_BOX = /^([ \t\u00a0]{0,40})(?=[☐☑☒✅] ?\S|\[[ xX✓✔]\] \S)()()/u;
const BOX = /^(?:\[([ xX✓✔-])\]|([☐☑☒✅]))(?:\s|$|(?<=[☐☑☒✅])(?=\S))/u;

/** The bullet that a line begins with; null where it begins with none. */
export function bulletOf(text: string, dots = false): Bullet | null {
  const match = MARKER.exec(text) ?? TIGHT.exec(text) ?? LONE_BOX.exec(text);
  if (!match) return null;
  const [all, indent = '', mark = '', space = ''] = match;
  if (mark.startsWith('.') && !dots) return null;
  if (/^[–—·]/.test(mark) && indent === '') return null;
  const box = BOX.exec(text.slice(all.length));
  const marker = indentOf(indent);
  const levels = /^[*.]/.test(mark) ? mark.length : 1;
  return {
    marker,
    content: marker + mark.length + Math.max(1, space.length > 4 ? 1 : space.length),
    stars: levels,
    ordered: mark !== 'o' && /[\w#.]/.test(mark),
    length: all.length + (box?.[0].length ?? 0),
    checked: box ? isChecked(box[1] ?? box[2] ?? ' ') : null,
    number: /\d/.test(mark) ? Number.parseInt(mark.replace('(', ''), 10) : null,
  };
}

function isChecked(mark: string): boolean {
  return mark !== ' ' && mark !== '☐' && mark !== '-';
}

/**
 * How many of the open bullets a new one stands in or beside; it is the sibling of the last of them when `sibling`.
 * Stars count levels ("** " is in "* ") wherever the marker stands; else the columns decide.
 */
export function placeFor(open: readonly Bullet[], bullet: Bullet, slack: number): { keep: number; sibling: boolean } {
  for (let keep = open.length; keep > 0; keep--) {
    const last = open[keep - 1];
    if (!last) break;
    if (bullet.stars > 1 || last.stars > 1) {
      if (last.stars < bullet.stars) return { keep, sibling: false };
      if (last.stars === bullet.stars) return { keep, sibling: true };
      continue;
    }
    const same = last.ordered === bullet.ordered;
    if (bullet.marker >= last.content || bullet.marker > last.marker + (same ? slack : 0))
      return { keep, sibling: false };
    const outer = open[keep - 2];
    const nearest = !outer || bullet.marker > outer.marker;
    if (bullet.marker >= last.marker || (same && nearest && bullet.marker >= (outer?.content ?? 0))) {
      return same ? { keep, sibling: true } : { keep: keep - 1, sibling: false };
    }
  }
  return { keep: 0, sibling: false };
}
