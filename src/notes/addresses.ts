import { dropStart, type Line } from './lines.ts';

interface Entry {
  readonly line: number;
  readonly url: string;
}

/** The addresses that footnotes and reference labels of a note stand for. */
export interface Addresses {
  /** The address of a label, used on this raw line: the next definition, as newsletters number anew, else the last. */
  find(label: string, line: number): string | null;
}

/** A text without definitions. */
export const NO_ADDRESSES: Addresses = { find: () => null };

const LABELLED = /^[\s>*-]{0,12}\[\^?([^\][]{1,80})\](:?)\s{0,10}(.*)$/;
const FIRST_URL = /<?(https?:\/\/[^\s<>"]{1,2000})>?/;
const RST_TARGET = /^\s{0,8}\.\. (?:_`?([^:`]{1,200})`?:|\[#?([\w-]{1,40})\])\s{1,20}(\S.*)$/;

/** Labels are compared without case and with one space between words. */
function labelKey(label: string): string {
  return label.trim().replace(/\s+/g, ' ').toLowerCase();
}

/**
 * Takes the lines that only say what a label stands for out of a text: `[5] https://…`, `[name]: https://…`,
 * `.. _name: https://…`. They become blank, so that all other lines stay where they are.
 */
export function takeAddresses(lines: readonly Line[]): { addresses: Addresses; rest: Line[] } {
  const found = new Map<string, Entry[]>();
  const rest = [...lines];
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at];
    if (!line || !/^[\s>*.-]{0,12}\[|\.\. _|\.\. \[/.test(line.text.slice(0, 16))) continue;
    const entry = definition(line, lines[at + 1]);
    if (!entry) continue;
    const key = labelKey(entry.label);
    const entries = found.get(key) ?? [];
    entries.push({ line: line.line, url: entry.url });
    found.set(key, entries);
    for (let gone = 0; gone < entry.lines; gone++) rest[at + gone] = { ...line, text: '', cuts: [] };
    const note = entry.lines === 0 ? /^\s{0,12}\[\^[^\]]{1,80}\]:\s{0,10}/.exec(line.text)?.[0].length : undefined;
    if (note) rest[at] = dropStart(line, note);
  }
  return { addresses: found.size === 0 ? NO_ADDRESSES : { find: (label, line) => nearest(found, label, line) }, rest };
}

function nearest(found: ReadonlyMap<string, readonly Entry[]>, label: string, line: number): string | null {
  const entries = found.get(labelKey(label));
  if (!entries) return null;
  return (entries.find((entry) => entry.line >= line) ?? entries.at(-1))?.url ?? null;
}

/** A definition in a line, or in a label's line and the address under it; `lines` of it need not be shown. */
function definition(line: Line, next: Line | undefined): { label: string; url: string; lines: number } | null {
  const target = RST_TARGET.exec(line.text);
  if (target) {
    const url = FIRST_URL.exec(target[3] ?? '')?.[1] ?? (target[1] ? (target[3] ?? '').trim() : undefined);
    return url ? { label: target[1] ?? target[2] ?? '', url, lines: 1 } : null;
  }
  const match = LABELLED.exec(line.text);
  const [, label = '', colon, after = ''] = match ?? [];
  const numbered = /^\d{1,3}$/.test(label);
  if (!match || (!numbered && colon === '')) return null;
  if (after === '') {
    const url = next ? /^[\s>]{0,12}<?(https?:\/\/\S{1,2000}?)>?\s*$/.exec(next.text)?.[1] : undefined;
    return url ? { label, url, lines: 2 } : null;
  }
  const url = FIRST_URL.exec(after);
  if (!url?.[1]) return null;
  const isOnlyThat =
    after
      .replace(url[0], '')
      .replace(/"[^"]{0,200}"|'[^']{0,200}'|\([^()]{0,200}\)/, '')
      .trim() === '';
  if (isOnlyThat) return { label, url: url[1], lines: 1 };
  return numbered && url.index + url[0].length > after.trimEnd().length - 3 ? { label, url: url[1], lines: 0 } : null;
}
