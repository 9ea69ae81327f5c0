import { isBlank, type Line } from './lines.ts';
import { nameIn } from './mail.ts';

const ATTRIBUTION = /\b(?:wrote|writes|schrieb|écrit|escribió)\b[^:]{0,60}:\s*$/;
const WROTE =
  /^(?:On|Am|Le|El) (.{6,80}?)(?:,? (?:at )?\d{1,2}:\d\d(?::\d\d)?(?: ?[AP]M)?(?: (?:[+-]\d{4}|[A-Z]{2,5}))?)?(?: \([A-Z]{2,5}\))?(?:,| um| schrieb| a écrit)? ([^\d,<>:()]{2,60}?)\s?(?:<[^>]{3,100}>|\([^)]{3,100}\)|\[[^\]]{3,100}\])?\s?(?:wrote|writes|schrieb|a écrit)?\s?:\s*$/;
/** How many lines that may be attributions are looked at: the pattern for them is a slow one. */
const MOST_TRIES = 100;
const FORWARDED =
  /^[\s>]{0,12}-{2,20} ?(?:Forwarded|Original) [Mm]essage(?: from .{1,100})? ?-{2,20}\s*$|^Begin forwarded message:\s*$/;
const HEAD = /^[\s>]{0,12}\*{0,2}(From|Date|Sent|Subject|To|Cc|Reply-To):\*{0,2}\s{0,5}(.{0,300})$/;

/** The last attribution of a mail ("On 12 Nov 2019, Owner One wrote:"): who wrote what is quoted, and when, as written. */
export function attributionIn(lines: readonly Line[]): { author: string; date: string | null } | null {
  let tries = 0;
  for (let at = lines.length - 1; at >= 0 && tries < MOST_TRIES; at--) {
    const text = lines[at]?.text.replace(/^[>\s]*/, '') ?? '';
    if (!/wrote:|writes:|schrieb|écrit/.test(text)) continue;
    tries++;
    const whole = /^(?:On|Am|Le|El) /.test(text) ? text : `${lines[at - 1]?.text.replace(/^[>\s]*/, '') ?? ''} ${text}`;
    const match = WROTE.exec(whole);
    const author = match?.[2]?.replace(/^["']|["']$/g, '').trim();
    if (match && author) return { author, date: match[1] ?? null };
  }
  return null;
}

/** What the head of a forwarded mail says about it. */
export interface Forwarded {
  readonly author: string | null;
  readonly date: string | null;
  readonly subject: string | null;
}

/** The head of the mail that a text only passes on; null where it passes on none. */
export function forwardedIn(lines: readonly Line[]): Forwarded | null {
  const start = lines.findIndex((line) => FORWARDED.test(line.text));
  if (start < 0) return null;
  const fields = new Map<string, string>();
  for (const line of lines.slice(start + 1, start + 12)) {
    const field = HEAD.exec(line.text);
    if (field) fields.set((field[1] ?? '').toLowerCase(), (field[2] ?? '').trim());
    else if (fields.size > 0) break;
  }
  const date = fields.get('date') ?? fields.get('sent') ?? null;
  return { author: nameIn(fields.get('from') ?? ''), date, subject: fields.get('subject') ?? null };
}

function isForwardedHead(lines: readonly Line[], at: number): boolean {
  if (FORWARDED.test(lines[at]?.text ?? '')) return true;
  for (let above = at; above > Math.max(0, at - 9) && HEAD.test(lines[above]?.text ?? ''); above--) {
    if (FORWARDED.test(lines[above - 1]?.text ?? '')) return true;
  }
  return false;
}

/** Whether a line only says who wrote what is quoted below. */
function isAttribution(text: string): boolean {
  return (
    text.length < 300 && text.trimEnd().endsWith(':') && ATTRIBUTION.test(text) && /\d|<|@|^\S+ \S+ wrote:/.test(text)
  );
}

/** Blanks what mail programs and list servers add: signatures, list footers, attributions, scrubbed parts. */
export function withoutWrappers(lines: readonly Line[]): Line[] {
  let gone = false;
  return lines.map((line, at) => {
    const text = line.text;
    if (startsFooter(lines, at)) gone = true;
    const isExtra = isWrote(lines, at) || isForwardedHead(lines, at) || isScrubbed(lines, at) || isSeal(text);
    return gone || isExtra ? { ...line, text: '', cuts: [] } : line;
  });
}

function startsFooter(lines: readonly Line[], at: number): boolean {
  const text = lines[at]?.text ?? '';
  if (/^-- ?$/.test(text) || /^-----BEGIN PGP SIGNATURE-----/.test(text)) return lines.length - at < 40;
  if (!/^\s*[_-]{20,}\s*$/.test(text)) return false;
  const below = lines.slice(at + 1, at + 4).map((line) => line.text);
  return below.some((each) => /mailing list|listinfo|mailman|unsubscribe/i.test(each));
}

/** Whether a line is an attribution, or one of the two lines that one was broken into. */
function isWrote(lines: readonly Line[], at: number): boolean {
  const text = lines[at]?.text ?? '';
  if (isAttribution(text)) return true;
  const isNear = text.startsWith('On ') || text.includes('wrote:');
  return isNear && isSplitAttribution(lines, at);
}

function isSplitAttribution(lines: readonly Line[], at: number): boolean {
  const text = lines[at]?.text ?? '';
  const next = lines[at + 1]?.text ?? '';
  const before = lines[at - 1]?.text ?? '';
  if (/^On .{6,200}$/.test(text) && !ATTRIBUTION.test(text))
    return /^[^.!?]{0,100}wrote:\s*$/.test(next) && !isBlank(lines[at + 1]);
  return /^[^.!?]{0,100}wrote:\s*$/.test(text) && /^On .{6,200}\d/.test(before);
}

function isScrubbed(lines: readonly Line[], at: number): boolean {
  const start = lines
    .slice(Math.max(0, at - 6), at + 1)
    .findLastIndex((line) => /^-{5,} next part -{5,}$/.test(line.text));
  if (start < 0) return false;
  const from = Math.max(0, at - 6) + start;
  return !lines.slice(from, at).some((line) => isBlank(line));
}

function isSeal(text: string): boolean {
  return /^-----BEGIN PGP SIGNED MESSAGE-----|^Hash: SHA\d+$|^Sent from my \w+/.test(text);
}
