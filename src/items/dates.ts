import type { Due } from './item.ts';
import { type Context, governorsOf, previousOf, type Statement } from './statement.ts';

/** Releases and milestones with their dates, as the configuration gives them. */
export type Releases = Readonly<Record<string, string>>;

const RELEASE_NAMES =
  'Austin|Bexar|Cactus|Diablo|Essex|Folsom|Grizzly|Havana|Icehouse|Juno|Kilo|Liberty|Mitaka|Newton|Ocata|Pike|Queens|Rocky|Stein|Train|Ussuri|Victoria|Wallaby|Xena|Yoga|Zed|Antelope|Bobcat|Caracal|Dalmatian|Epoxy|Flamingo|Gazpacho|Hibiscus';
const MONTH =
  '(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)';
const DAY = '(?:Mon(?:day)?|Tues?(?:day)?|Wed(?:nesday)?|Thu(?:rs(?:day)?)?|Fri(?:day)?|Saturday|Sunday)';
const COUNT = '(?:a|an|one|two|three|four|five|six|few|a few|couple of|a couple of|several|\\d{1,2})';
const SPAN = '(?:weeks?|months?|days?|years?|cycles?|quarters?|sprints?|releases?|hours?)';
const EVENT =
  '(?:meetings?|calls?|teleconference|telecon|telco|F2F|f2f|face[- ]to[- ]face|PTG|summit|Summit|Forum|mid-?cycle|sprint|workshop|hackathon|plenary|freeze|deadline|release|cut-?off|conference|time|agenda)';
const COMING =
  '(?:this|next|the next|the coming|coming|upcoming|the upcoming|current|the current|following|the following)';

/** One way in which a time is written; `plan` ones (releases, cycles) also hold for what stands below or behind them. */
interface Form {
  readonly pattern: RegExp;
  readonly plan: boolean;
}

const FORMS: readonly Form[] = [
  // "Victoria-2 milestone", "the 11.0 release cycle", "W cycle", "Pike final"
  {
    plan: true,
    pattern: new RegExp(
      `(?<![\\w.-])(?:(?:the|${COMING}) )?(?:(?:${RELEASE_NAMES})(?:[ ]?[-+]?\\d{1,2})?|v?\\d{1,4}(?:\\.(?:\\d{1,3}|x)){0,3}|[A-Z](?:[-+]\\d)?|\\p{Lu}[\\w.+-]{1,20}) (?:development )?(?:release cycle|cycle|milestone|release|series|timeframe|final)(?![\\w-])`,
      'u',
    ),
  },
  // "this cycle", "the next release cycle", "the coming cycle"
  {
    plan: true,
    pattern: new RegExp(
      `(?<![\\w-])${COMING} (?:development )?(?:release cycle|cycle|milestone|release|roadmap)(?![\\w-])`,
      'i',
    ),
  },
  // "in Victoria", "by Pike"
  {
    plan: true,
    pattern: new RegExp(
      `(?<![\\w-])(?:in|by|for|during|until|before|till|on|within|Goals for|land on)(?: the)? (?<due>(?:${RELEASE_NAMES})(?:[ ]?[-+]\\d{1,2})?(?: final)?)(?![\\w-]| (?:team|PTG|ptg|summit|drivers?))`,
    ),
  },
  {
    plan: true,
    pattern:
      /(?<![\w-])(?:in|by|for|during|until|before|to|into) (?<due>v?\d{1,3}\.\d{1,3}(?:\.\d{1,3})?(?: or beyond)?)(?![\w%-])/i,
  },
  { plan: true, pattern: /^(?<due>v\d{1,3}\.\d{1,3}|M[1-3])(?![\w])/ },
  // absolute dates
  { plan: false, pattern: /(?<![\w.-])(?:(?:before|prior to|after) )?\d{4}-\d{2}-\d{2}(?![\w-])/ },
  {
    plan: false,
    pattern: new RegExp(
      `(?<![\\w-])(?:(?:before|prior to|after|end of|mid|early|late) )?(?:${DAY},? )?${MONTH}\\.? \\d{1,2}(?:st|nd|rd|th)?(?: ?[-–] ?\\d{1,2}(?:st|nd|rd|th)?)?(?:,? \\d{4})?(?![\\w-])`,
    ),
  },
  {
    plan: false,
    pattern: new RegExp(
      `(?<![\\w-])(?:(?:before|prior to|after) )?(?:${DAY},? )?\\d{1,2}(?:\\^?(?:st|nd|rd|th)\\^?)?(?: ?[-–] ?\\d{1,2}(?:st|nd|rd|th)?)?(?: of)? ${MONTH}(?:,? \\d{4})?(?![\\w-])`,
    ),
  },
  { plan: false, pattern: /(?<![\w/.-])(?:(?:before|prior to|after) )?\d{1,2}\/\d{1,2}(?:\/\d{2,4})?(?![\w/-])/ },
  // "next week", "this year", "the next workgroup meeting", "next week's agenda"
  {
    plan: false,
    pattern: new RegExp(
      `(?<![\\w-])(?:(?:before|prior to|after|end of|during) )?${COMING} (?:(?:${COUNT} )?${SPAN}(?:['’]s)?(?: [\\w-]{1,20}){0,2} ${EVENT}(?: on \\d[\\w/]{1,8})?|(?:${COUNT} )?${SPAN}|(?:[\\w-]{1,20} ){0,2}${EVENT}|${DAY}|${MONTH}|weekend|summer|winter|spring|autumn|fall)(?![\\w-])`,
      'i',
    ),
  },
  {
    plan: false,
    pattern: new RegExp(
      `(?<![\\w-])(?:in|within|for|over)(?: the next)? (?:about |around )?${COUNT} ${SPAN}(?![\\w-])`,
      'i',
    ),
  },
  {
    plan: false,
    pattern: new RegExp(
      `(?<![\\w-])(?:the )?(?:end|beginning|start|middle) of (?:the )?(?:${MONTH}|${SPAN}|Q[1-4])(?![\\w-])`,
      'i',
    ),
  },
  {
    plan: false,
    pattern:
      /(?<![\w-])(?:today|tonight|tomorrow|asap|as soon as possible|soon|(?:the |this )?(?:near future|coming (?:weeks|months|days)))(?![\w-])(?! as\b)/i,
  },
  {
    plan: false,
    pattern: new RegExp(
      `(?<![\\w-])(?:in|by|before|until|till|during|for)(?: the)? (?<due>(?:early |late |mid-?)?${MONTH}(?: \\d{4})?|20\\d{2}|Q[1-4](?: \\d{4})?|winter|summer|spring|autumn)(?![\\w./-])`,
    ),
  },
  {
    plan: false,
    pattern: new RegExp(
      `(?<![\\w-])(?:by|on|until|before|due|for|this) (?<due>${DAY}(?:(?:,| or| and) ${DAY})?)(?![\\w-])`,
    ),
  },
  { plan: false, pattern: new RegExp(`(?<![\\w-])${DAY} (?:or|and) ${DAY}(?![\\w-])`) },
  // "before the F2F", "by the next meeting", "at the Fall Summit"
  {
    plan: false,
    pattern: new RegExp(
      `(?<![\\w-])(?:before|by|until|till|prior to|ahead of)(?: the| our| an?)?(?: [\\w-]{1,20}){0,3} ${EVENT}(?: on \\d[\\w/]{1,8})?(?![\\w-])`,
    ),
  },
  {
    plan: false,
    pattern: new RegExp(
      `(?<![\\w-])(?:at|in|during|for)(?: the| our| an?)?(?: (?:next|coming|upcoming|following|special|separate|[A-Z][\\w-]{0,20})){1,3} ${EVENT}(?:, ${MONTH},? \\d{4})?(?![\\w-])`,
    ),
  },
  {
    plan: false,
    pattern:
      /(?<![\w-])(?:during|before|at|in|until|for)(?: the)? (?<due>F2F|face[- ]to[- ]face|PTG|summit|mid-?cycle|freeze)(?![\w-])/i,
  },
  { plan: false, pattern: new RegExp(`(?<![\\w-])${COUNT} (?:weeks|months|cycles|days)\\. ?Face to face`, 'i') },
  { plan: false, pattern: /(?<![\w-])before \p{Lu}[\p{L}]{2,20}(?![\w-])/u },
  {
    plan: false,
    pattern:
      /(?<![\w-])(?:before|once|until) (?:[\w./-]{1,24} ){1,5}(?:is|are|has been|have been) [\w-]{2,20}(?![\w-])/i,
  },
];

/** What lies in the past or is no time for a piece of work. */
const NO_DUE =
  /(?:^|\b)(?:last|past|previous|former|this is|at least|every|each|weekly|since|during the (?:session|discussion|meeting))\b|this (?:time|session|meeting|call)$|time horizon/i;

/** When the work is due, as it is written; `date` only where the configured releases give one. */
export function dueOf(statement: Statement, context: Context, releases: Releases = {}): Due | null {
  const text = own(statement) ?? inherited(statement, context);
  return text === null ? null : { text: text.replace(/^the /i, ''), date: releaseDate(text, releases) };
}

function own(statement: Statement): string | null {
  const { block, start, sentence } = statement;
  return timeIn(statement.text, false) ?? timeIn(block.text.slice(sentence.start, start), false);
}

/** What a heading, a lead-in line or the sentences before say about the release that all of it is for. */
function inherited(statement: Statement, context: Context): string | null {
  const { block } = statement;
  for (const above of governorsOf(block, context)) {
    const found = timeIn(above.text, true);
    if (found !== null) return found;
  }
  let before = previousOf(statement, context);
  for (let n = 0; n < 3 && before !== null && before.block === block; n += 1) {
    const found = timeIn(before.text, true);
    if (found !== null && POINTS_AHEAD.test(before.text)) return found;
    before = previousOf(before, context);
  }
  const heading = block.section[block.section.length - 1];
  return heading === undefined ? null : timeIn(`in ${heading}`, true);
}

const POINTS_AHEAD = /\b(?:will|plans?|planned|planning|goals?|targets?|upcoming|coming|next|in|for|roadmap)\b/i;

/** The time that a text names first in the order of the forms; null when it names none. */
function timeIn(text: string, planOnly: boolean): string | null {
  for (const { pattern, plan } of FORMS) {
    if (planOnly && !plan) continue;
    const found = pattern.exec(text);
    if (found === null) continue;
    const due = (found.groups?.due ?? found[0]).trim();
    const before = text.slice(Math.max(0, found.index - 16), found.index);
    if (NO_DUE.test(due) || /\b(?:last|past|previous|since|meetings on|at least|least)\s*$/i.test(before)) continue;
    return due.replace(
      /^(?:by|in|for|during|until|till|on|at|to) (?!(?:\d|a |an |one |two |three |few |couple ))/i,
      '',
    );
  }
  return null;
}

/** A phrase without the time at its end ("… in the Victoria cycle"), which stands beside the title. */
export function withoutTime(phrase: string): string {
  for (const { pattern } of FORMS) {
    const found = pattern.exec(phrase);
    if (found === null || found.index < 8) continue;
    const rest = phrase.slice(found.index + found[0].length);
    if (/^[\s.,;!)]*$/.test(rest))
      return phrase
        .slice(0, found.index)
        .replace(/[\s,(]+(?:(?:in|by|for|during|until|before|at|on|over|within|this|the)[\s,]*){0,2}$/i, '');
  }
  return phrase;
}

/** The date of the longest configured name that the text holds. */
function releaseDate(text: string, releases: Releases): string | null {
  const lower = ` ${text.toLowerCase()} `;
  const named = Object.keys(releases)
    .filter((name) => new RegExp(`(?<![\\w-])${escaped(name.toLowerCase())}(?![\\w+-])`).test(lower))
    .sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  const [best] = named;
  return best === undefined ? null : (releases[best] ?? null);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

const ABSOLUTE = new RegExp(
  `\\d{4}-\\d{2}-\\d{2}|\\d{1,2}/\\d{1,2}|${MONTH}\\.? \\d|\\d(?:st|nd|rd|th)?(?: of)? ${MONTH}|${DAY}|tomorrow|today`,
);

/** The same due with the day that its text names, read relative to the note's date; as it is where the text names none. */
export async function withDay(due: Due, noteDate: string | null): Promise<Due> {
  if (due.date !== null || !ABSOLUTE.test(due.text)) return due;
  const hasYear = /\b\d{4}\b/.test(due.text);
  if (noteDate === null && !hasYear) return due;
  const iso = /\d{4}-\d{2}-\d{2}/.exec(due.text);
  if (iso !== null) return { ...due, date: iso[0] };
  const { parse } = await import('chrono-node/en');
  const reference = new Date(`${noteDate ?? '2000-01-01'}T12:00:00Z`);
  const [found] = parse(due.text, { instant: reference, timezone: 0 }, { forwardDate: true });
  if (found === undefined || (!found.start.isCertain('day') && !found.start.isCertain('weekday'))) return due;
  return { ...due, date: day(found.start) };
}

function day(parts: { get(part: 'year' | 'month' | 'day'): number | null }): string | null {
  const [year, month, date] = [parts.get('year'), parts.get('month'), parts.get('day')];
  if (year === null || month === null || date === null) return null;
  return `${year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
}
