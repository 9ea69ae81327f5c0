import { isBlank, type Line } from './lines.ts';

/** What a note says about itself in a notation's own way, as it is written there. */
export interface FrontMatter {
  readonly title: string | null;
  readonly author: string | null;
  readonly date: string | null;
}

const FIELDS = [
  /^\s{0,2}["']?([A-Za-z][\w-]{0,30})["']?\s{0,4}[:=]\s{0,10}(.{0,500})$/,
  /^:([A-Za-z][\w-]{0,30}):\s{1,10}(.{0,500})$/,
  /^\.\. ([a-z][\w-]{0,30}): (.{0,500})$/,
  /^#\+([A-Za-z][\w-]{0,30}):\s{0,10}(.{0,500})$/,
];
const NAMES: Readonly<Record<string, keyof FrontMatter>> = {
  title: 'title',
  doctitle: 'title',
  author: 'author',
  authors: 'author',
  date: 'date',
  revdate: 'date',
  published: 'date',
  pubdate: 'date',
  publishdate: 'date',
};

/** Takes what stands in front of a text (YAML, TOML, the fields of RST, org and AsciiDoc) off it. */
export function takeFrontMatter(lines: readonly Line[]): { front: FrontMatter; body: readonly Line[] } {
  const start = lines.findIndex((line) => !isBlank(line));
  const fence = /^(---|\+\+\+)\s*$/.exec(lines[start]?.text ?? '')?.[1];
  if (fence && !isBlank(lines[start + 1])) {
    const end = lines.findIndex(
      (line, at) => at > start && (line.text.trimEnd() === fence || (fence === '---' && line.text.trimEnd() === '...')),
    );
    const inside = lines.slice(start + 1, Math.max(end, 0));
    if (end > 0 && end - start < 500 && inside.some((line) => /^["']?[A-Za-z][\w-]*["']?\s*[:=]/.test(line.text))) {
      return { front: fieldsOf(inside), body: lines.slice(end + 1) };
    }
  }
  return takeFields(lines, Math.max(start, 0));
}

/** Fields without a fence: `:title: …`, `.. title: …`, `#+TITLE: …`. */
function takeFields(lines: readonly Line[], start: number): { front: FrontMatter; body: readonly Line[] } {
  let end = start;
  while (end < lines.length && FIELDS.slice(1).some((field) => field.test(lines[end]?.text ?? ''))) end++;
  if (end === start) return { front: fieldsBelowTitle(lines), body: lines };
  return { front: fieldsOf(lines.slice(start, end)), body: lines.slice(end) };
}

/** RST has its fields below the title; they are not shown there, so they may stay. */
function fieldsBelowTitle(lines: readonly Line[]): FrontMatter {
  const fields = lines.slice(0, 15).filter((line) => /^:[A-Za-z][\w-]{0,30}: /.test(line.text));
  return fieldsOf(fields);
}

function fieldsOf(lines: readonly Line[]): FrontMatter {
  const found: { -readonly [K in keyof FrontMatter]: string | null } = { title: null, author: null, date: null };
  lines.forEach((line, at) => {
    const match = FIELDS.map((field) => field.exec(line.text)).find((each) => each !== null);
    const name = NAMES[(match?.[1] ?? '').toLowerCase()];
    if (!match || !name) return;
    const value = plain(match[2] ?? '') ?? (name === 'author' ? plain(listItem(lines[at + 1])) : null);
    found[name] ??= value;
  });
  return found;
}

function listItem(line: Line | undefined): string {
  return /^\s{0,8}- (?:name: )?(.{1,200})$/.exec(line?.text ?? '')?.[1] ?? '';
}

/** A value without quotes; of a list in brackets the first. */
function plain(value: string): string | null {
  const inner = /^\[\s*([^\],]{1,200})/.exec(value.trim())?.[1] ?? value.trim();
  const text = inner.replace(/^(["'])(.*)\1\s*(?:#.*)?$/, '$2').trim();
  return text === '' || text === '|' || text === '>' ? null : text;
}
