const RELEASE =
  '(?:Austin|Bexar|Cactus|Diablo|Essex|Folsom|Grizzly|Havana|Icehouse|Juno|Kilo|Liberty|Mitaka|Newton|Ocata|Pike|Queens|Rocky|Stein|Train|Ussuri|Victoria|Wallaby|Xena|Yoga|Zed|Antelope|Bobcat|Caracal|Dalmatian|Epoxy|Flamingo|Gazpacho|Hibiscus)';
export const MONTH =
  '(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)';
export const DAY = '(?:Mon(?:day)?|Tues?(?:day)?|Wed(?:nesday)?|Thu(?:rs(?:day)?)?|Fri(?:day)?|Saturday|Sunday)';
const COUNT = '(?:a few|a couple of|couple of|an?|one|two|three|four|five|six|few|several|\\d{1,2})';
const SPAN = '(?:weeks?|months?|days?|years?|cycles?|quarters?|sprints?|releases?)';
const EVENT =
  '(?:meetings?|calls?|teleconference|telecon|telco|F2F|f2f|face[- ]to[- ]face|PTG|summit|Summit|Forum|mid-?cycle|sprint|workshop|hackathon|plenary|freeze|deadline|release|cut-?off|conference)';
const COMING = '(?:the )?(?:this|next|coming|upcoming|current|following)';
const VERSION = 'v?\\d{1,3}(?:\\.(?:\\d{1,3}|x)){1,3}';
const CYCLE = '(?:development )?(?:release cycle|cycle|milestone|release|series|timeframe)';
const NO_NAME = '(?!(?:The|A|An|Any|This|That|Each|Every|Our|New|No|First|Next|Last|All|Some|Of|In|For|And|Final)\\b)';
const ORDINAL = '\\d{1,2}(?:\\^?(?:st|nd|rd|th)\\^?)?(?: ?[-–] ?\\d{1,2}(?:st|nd|rd|th)?)?';

/** One way in which a time is written; `plan` ones (releases, cycles) also hold for what stands below or behind them. */
interface Form {
  readonly pattern: RegExp;
  readonly plan: boolean;
}

function plan(source: string, flags = source.includes('\\p') ? 'u' : ''): Form {
  return { plan: true, pattern: new RegExp(`(?<![\\w.-])${source}(?![\\w-])`, flags) };
}

function moment(source: string, flags = source.includes('\\p') ? 'u' : ''): Form {
  return { plan: false, pattern: new RegExp(`(?<![\\w./-])${source}(?![\\w/-])`, flags) };
}

/** The forms in the order in which they are believed. `due` is the part that names the time, else it is all. */
const FORMS: readonly Form[] = [
  // "Victoria-2 milestone", "11.0 release cycle", "W cycle", "Pike final", "by Victoria", "into Product 4.0", "in 1.24 or beyond"
  plan(`(?:in|into|by|for|to|until|before) (?<due>${NO_NAME}\\p{Lu}\\p{L}{2,20} ${VERSION})`),
  plan(
    `(?:(?:the|${COMING}) )?(?:${RELEASE}(?: ?[-+]?\\d{1,2})?|${VERSION}|[B-Z](?:[-+]\\d)?|${NO_NAME}\\p{Lu}[\\w.+-]{1,20}) (?:${CYCLE}|final)`,
  ),
  plan(`${COMING} (?:${CYCLE}|roadmap)`, 'i'),
  plan(
    `(?:in|by|for|during|until|before|till|on|within|land on)(?: the)? (?<due>${RELEASE}(?: ?[-+]\\d{1,2})?(?: final)?)(?! (?:team|PTG|ptg|summit|driver))`,
  ),
  plan(`(?:in|by|for|during|until|before|into) (?<due>${VERSION}(?: or beyond)?)(?!%)`),
  plan('(?:to|for|into|by)(?: the)? (?<due>v\\d{1,3}\\.\\d{1,3})'),
  // dates
  moment('(?:(?:before|prior to|after) )?\\d{4}-\\d{2}-\\d{2}'),
  moment(`(?:(?:before|prior to|after|end of|mid|early|late) )?(?:${DAY},? )?${MONTH}\\.? ${ORDINAL}(?:,? \\d{4})?`),
  moment(`(?:(?:before|prior to|after) )?(?:${DAY},? )?${ORDINAL}(?: of)? ${MONTH}(?:,? \\d{4})?`),
  moment('(?:(?:before|prior to|after) )?\\d{1,2}/\\d{1,2}(?:/\\d{2,4})?'),
  moment(
    `(?:in|by|before|until|till|during|for)(?: the)? (?<due>(?:early |late |mid-?)?${MONTH}(?: \\d{4})?|20\\d{2}|Q[1-4](?: \\d{4})?|winter|summer|spring|autumn)(?!\\.\\d)`,
  ),
  moment(`for (?<due>[\\p{L}]{2,12} 20\\d{2})`),
  // "next week", "the next workgroup meeting on 12/18", "next week's agenda", "next time"
  moment(
    `(?:(?:before|prior to|after|end of|during) )?${COMING} (?:(?:${COUNT} )?${SPAN}(?:['’]s)?(?: [\\w-]{1,20}){0,2} (?:${EVENT}|agenda)|(?:${COUNT} )?${SPAN}|(?:[\\w-]{1,20} ){0,2}${EVENT}(?: on \\d[\\w/]{1,8})?|time|${DAY}|${MONTH}|weekend|summer|winter|spring|autumn|fall)`,
    'i',
  ),
  moment(`(?:in|within|over)(?: the next)? (?:about |around )?${COUNT} ${SPAN}`, 'i'),
  moment(`(?:the )?(?:end|beginning|start|middle) of (?:the )?(?:${MONTH}|${SPAN}|Q[1-4])`, 'i'),
  moment(
    '(?:today|tonight|tomorrow|asap|as soon as possible|soon|(?:the )?(?:near future|coming (?:weeks|months|days)))(?! as)',
    'i',
  ),
  moment(`(?:by|on|until|before|due|for|this) (?<due>${DAY}(?:(?:,| or| and) ${DAY})?)`),
  moment(`${DAY} (?:or|and) ${DAY}`),
  // "before the F2F", "by the next meeting", "at the Fall Summit"
  moment(
    `(?:before|by|until|till|prior to|ahead of)(?: the| our| an?)?(?: [\\w-]{1,20}){0,3} ${EVENT}(?: on \\d[\\w/]{1,8})?`,
  ),
  moment(
    `(?:at|in|during|for)(?: the| our| an?)?(?: (?:next|coming|upcoming|following|special|separate|${NO_NAME}[A-Z][\\w-]{0,20})){1,3} ${EVENT}(?:, ${MONTH},? \\d{4})?`,
  ),
  moment('(?:during|before|at|in|until)(?: the)? (?<due>F2F|face[- ]to[- ]face|PTG|summit|mid-?cycle|freeze)', 'i'),
  moment('before \\p{Lu}\\p{L}{2,20}'),
  moment(
    '(?:before|once|until) (?!(?:that|it|this|they|we) )(?:[\\w./-]{1,24} ){1,5}(?:is|are|has been|have been) [\\w-]{2,20}',
    'i',
  ),
  moment('before (?:declaring|making|cutting) (?:[\\w./-]{1,24} ){1,3}(?:release|branch)', 'i'),
];

/** What lies in the past or is no time for a piece of work. */
const NO_TIME =
  /\b(?:last|past|previous|former|at least|every|each|weekly|since)\b|during the (?:session|discussion|meeting)\b|\b(?:this|the current) (?:time|session|meeting|call|release)$/i;
const NO_TIME_BEFORE = /\b(?:last|past|previous|since|at least|least|used in|introduced in|added in|started)\s*$/i;

/** A word of every form stands in what this finds: cheap to try, and most texts name no time. */
const HINT = new RegExp(
  `\\d|\\b(?:${RELEASE}|${MONTH}|${DAY}|cycles?|milestone|releases?|series|timeframe|final|roadmap|weekend|weeks?|months?|days?|years?|quarters?|sprints?|meetings?|calls?|tele\\w{2,12}|f2f|face|ptg|summit|forum|mid-?cycle|workshop|hackathon|plenary|freeze|deadline|cut-?off|conference|agenda|time|today|tonight|tomorrow|asap|soon|future|winter|summer|spring|autumn|fall|before|once|until|Q[1-4])\\b`,
  'i',
);

/** The time that a text names, as written; null when it names none. `planOnly` takes releases, cycles and milestones alone. */
export function timeIn(text: string, planOnly = false): string | null {
  if (!HINT.test(text)) return null;
  for (const { pattern, plan } of FORMS) {
    if (planOnly && !plan) continue;
    const found = pattern.exec(text);
    if (found === null) continue;
    const due = (found.groups?.due ?? found[0]).trim();
    if (/^on /.test(found[0]) && /meetings\s*$/.test(text.slice(0, found.index))) continue;
    if (NO_TIME.test(due) || NO_TIME_BEFORE.test(text.slice(Math.max(0, found.index - 16), found.index))) continue;
    return due
      .replace(/^(?:by|in|for|during|until|till|on|at|to) (?!(?:\d|an? |one |two |three |few |couple ))/i, '')
      .replace(/^the /i, '');
  }
  return null;
}

const ANNOUNCED = new RegExp(
  `(?<before>${RELEASE}|(?<=[“"'])[A-Z](?=[”"'])|${VERSION})(?:[”"'’]?s?)? (?:roadmap|goals?|plans?|priorities|targets?)|(?:roadmap|goals?|plans?|priorities|targets?) (?:for|of|in)(?: the)? (?<after>${RELEASE}|${VERSION})`,
  'u',
);

/** The release that a heading or a lead-in line announces plans for ("Goals for Pike", "Icehouse's roadmap"). */
export function announcedIn(line: string): string | null {
  const found = ANNOUNCED.exec(line);
  return found?.groups?.before ?? found?.groups?.after ?? null;
}

/** The longest time that is written at the end of a phrase. */
const TAIL = 80;

/** A phrase without the time at its end ("… in the Victoria cycle"), which stands beside the title. */
export function withoutTime(phrase: string): string {
  if (!HINT.test(phrase.slice(-TAIL))) return phrase;
  for (const { pattern } of FORMS) {
    const found = pattern.exec(phrase);
    if (found === null || found.index < 8) continue;
    if (!/^[\s.,;!)]*$/.test(phrase.slice(found.index + found[0].length))) continue;
    return phrase
      .slice(0, found.index)
      .replace(/[\s,(]+(?:(?:in|by|for|during|until|before|at|on|over|within|this|the)[\s,]*){0,2}$/i, '');
  }
  return phrase;
}
