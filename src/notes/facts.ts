import type { Block } from './note.ts';

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const MONTH =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
const YEAR = '((?:19|20)\\d\\d)';
const NUMERIC = /\b((?:19|20)\d\d)[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)/;
const COMPACT = /\b((?:19|20)\d\d)(\d\d)(\d\d)\b/;
const DAY_FIRST = new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)?(?:\\s+of)?[\\s-]+${MONTH}\\b\\.?,?[\\s-]+${YEAR}`, 'i');
const MONTH_FIRST = new RegExp(
  `\\b${MONTH}\\b\\.?\\s+(\\d{1,2})(?:st|nd|rd|th)?,?\\s+(?:\\d\\d:\\d\\d(?::\\d\\d)?\\s+(?:[A-Z]{2,5}\\s+)?)?${YEAR}`,
  'i',
);
const CLOSING =
  /^(?:cheers|regards|best(?: regards| wishes)?|kind regards|thanks?(?: you)?(?: all| again)?|yours|sincerely|enjoy|br|many thanks|thx)[,.!]*$/i;
const GREETING = /^(?:hi|hello|dear|hey|all|folks|team|good (?:morning|afternoon|day))\b/i;
const NAME =
  /^(?:[-–—/]{1,2}\s?)?(\p{Lu}[\p{L}.'’-]{1,20}(?: \p{Lu}[\p{L}.'’-]{0,20}){0,2})(?:,? \([\w@ .-]{2,30}\))?$/u;
/** A line that is somebody's whole name, perhaps with a nick. */
const WHOLE_NAME =
  /^(\p{Lu}\p{Ll}[\p{L}.'’-]{0,20}(?: \p{Lu}\.)? \p{Lu}\p{Ll}[\p{L}'’-]{0,20})(?:,? \([\w@ .-]{2,30}\))?$/u;

/** A date as `YYYY-MM-DD`, when a text names one with its year; the day that it was where it was written. */
export function dateIn(text: string): string | null {
  const numeric = NUMERIC.exec(text) ?? COMPACT.exec(text);
  if (numeric) return dateOf(numeric[1], numeric[2], numeric[3]);
  const day = DAY_FIRST.exec(text);
  if (day) return dateOf(day[3], monthOf(day[2]), day[1]);
  const month = MONTH_FIRST.exec(text);
  return month ? dateOf(month[3], monthOf(month[1]), month[2]) : null;
}

function monthOf(name: string | undefined): string {
  return String(MONTHS.indexOf((name ?? '').slice(0, 3).toLowerCase()) + 1);
}

function dateOf(year: string | undefined, month: string | undefined, day: string | undefined): string | null {
  const date = `${year}-${(month ?? '').padStart(2, '0')}-${(day ?? '').padStart(2, '0')}`;
  const time = new Date(`${date}T00:00:00Z`);
  return Number.isNaN(time.getTime()) || time.toISOString().slice(0, 10) !== date ? null : date;
}

/** The date of a note from its first headings and lines, those that say "date" before all others. */
export function dateOfBlocks(blocks: readonly Block[]): string | null {
  const first = blocks.slice(0, 14).filter((block) => block.kind !== 'code');
  const named = first.find(
    (block) => /\bdate\b|^posted\b|^published\b|^when\b/i.test(block.text.slice(0, 40)) && dateIn(block.text),
  );
  const heading = first.find((block) => block.kind === 'heading' && dateIn(block.text) !== null);
  const short = first.find(
    (block) => block.text.length < 160 && block.quoted === undefined && dateIn(block.text) !== null,
  );
  const found = named ?? heading ?? short;
  if (found) return dateIn(found.text);
  // the log of a meeting has its date in its name
  const log = first.flatMap((block) => block.links).find((link) => /\.log\.html?$/.test(link.url));
  return log ? dateIn(log.url) : null;
}

const FULL_NAME = "(\\p{Lu}[\\p{L}.'’-]{1,20}(?: \\p{Lu}[\\p{L}.'’-]{0,20}){1,2})";
/** How the beginning of a note names its writer. */
const BYLINES: readonly RegExp[] = [
  new RegExp(
    `^(?:by|authors?|written by|posted by|notes? (?:by|takers?)|notes taken by|minutes (?:by|takers?)|scribe|summary by):? ${FULL_NAME}(?:$|[,(|·–-]| on )`,
    'iu',
  ),
  new RegExp(`^(?:posted|published|written)\\b.{0,50}? by ${FULL_NAME}(?:$|[,(|·.–-]| on | in )`, 'iu'),
  new RegExp(`^${FULL_NAME} ?(?:[·|,–—-]|on ) ?(?=.{0,12}\\d.{0,24}$)`, 'u'),
  new RegExp(`^${FULL_NAME} (?:<[^<>\\s]{3,60}>|[\\w.+-]{1,40} at [\\w.-]{3,40})(?=$|\\s)`, 'u'),
];

/** Who a line in front names as the writer ("by Owner One", "Owner One, 3 May 2019"). */
export function bylineOf(blocks: readonly Block[]): string | null {
  for (const block of blocks.slice(0, 6)) {
    if (block.text.length >= 120) continue;
    // A heading that is a name and a date begins the part of a person or a day.
    const bylines = block.kind === 'heading' ? BYLINES.slice(-1) : BYLINES;
    const name = bylines.map((byline) => byline.exec(block.text)?.[1]).find((found) => found !== undefined);
    if (
      name &&
      /^\p{Lu}/u.test(name) &&
      dateIn(name) === null &&
      !/^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b/.test(name)
    )
      return name;
  }
  return null;
}

/** Who signed a note: the name below "Cheers,", or on the last line. */
export function signedBy(blocks: readonly Block[]): string | null {
  const own = blocks.filter((block) => block.kind === 'paragraph' && block.quoted === undefined && block.depth === 0);
  const closing = own.findIndex((block, at) => CLOSING.test(block.text) && NAME.test(own[at + 1]?.text ?? ''));
  if (closing >= 0) return NAME.exec(own[closing + 1]?.text ?? '')?.[1] ?? null;
  const together = own.map(
    (block) =>
      /(?:^|[.!?]\s)(?:cheers|regards|thanks|best),? (\p{Lu}\p{L}+(?: \p{Lu}\p{L}+)?)$/iu.exec(block.text)?.[1],
  );
  const last = own.at(-1)?.text ?? '';
  return (
    together.findLast((name) => name !== undefined) ??
    /^[-–—/]{1,2}\s?(\p{L}[\p{L}.'’-]{1,20}(?: \p{Lu}[\p{L}.'’-]{0,20})?)$/u.exec(last)?.[1] ??
    WHOLE_NAME.exec(last)?.[1] ??
    null
  );
}

/** Whose name is the first line below the "-- " of a mail. */
export function signatureIn(lines: readonly { readonly text: string }[]): string | null {
  const at = lines.findLastIndex(({ text }) => /^-- ?$/.test(text));
  return at < 0 ? null : (WHOLE_NAME.exec(lines[at + 1]?.text.trim() ?? '')?.[1] ?? null);
}

/** The title of a text without headings of its own: a short first line. */
export function firstLine(blocks: readonly Block[]): string | null {
  const [first] = blocks;
  const isTitle = first?.kind === 'paragraph' && first.text.length < 80 && first.lines.start === first.lines.end;
  return isTitle && !/[.,;:?]$/.test(first.text) && !GREETING.test(first.text) ? first.text : null;
}

/** The title of a note: its first heading, when it stands in front. */
export function titleOf(blocks: readonly Block[]): string | null {
  const first = blocks.findIndex((block) => block.kind === 'heading');
  const block = blocks[first];
  if (!block) return null;
  const isFirst =
    first <= 2 || (block.section.length === 0 && blocks.slice(0, first).every((each) => each.text.length < 160));
  return isFirst ? block.text : null;
}

/** A title for a mail without subject, from what it says that it is ("summary of the PTG"). */
export function titleInProse(blocks: readonly Block[]): string | null {
  for (const block of blocks.slice(0, 8)) {
    const match =
      /\b((?:short |quick |high.level )?(?:summary|recap|report|minutes|notes|highlights) (?:of|from|on|about) (?:the |our )?[\p{Lu}\d][\p{L}\p{N}.-]*(?: [\p{Lu}\d][\p{L}\p{N}.-]*){0,5})/u.exec(
        block.text,
      );
    if (match?.[1]) return (match[1].charAt(0).toUpperCase() + match[1].slice(1)).replace(/(?<![.-])[.-]+$/, '');
  }
  return null;
}
