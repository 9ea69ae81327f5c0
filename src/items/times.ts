const RELEASE =
  '(?:Austin|Bexar|Cactus|Diablo|Essex|Folsom|Grizzly|Havana|Icehouse|Juno|Kilo|Liberty|Mitaka|Newton|Ocata|Pike|Queens|Rocky|Stein|Train|Ussuri|Victoria|Wallaby|Xena|Yoga|Zed|Antelope|Bobcat|Caracal|Dalmatian|Epoxy|Flamingo|Gazpacho|Hibiscus)';
export const MONTH =
  '(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)';
export const DAY = '(?:Mon(?:day)?|Tues?(?:day)?|Wed(?:nesday)?|Thu(?:rs(?:day)?)?|Fri(?:day)?|Saturday|Sunday)';
const COUNT = '(?:a few|a couple of|couple of|an?|one|two|three|four|five|six|few|several|\\d{1,2})';
const SPAN = '(?:weeks?|months?|days?|hours?|years?|cycles?|quarters?|sprints?|releases?|iterations?|semesters?)';
const EVENT =
  '(?:meetings?|calls?|teleconference|telecon|telco|standup|stand-up|sync(?:-up)?|session|interim|gathering|retreat|offsite|off-site|compose|build|triage|office hours|webinar|community day|board|steering|plenaries|elections?|F2F|f2f|face[- ]to[- ]face|PTG|summit|Summit|Forum|mid-?cycle|sprint|workshop|hackathon|plenary|freeze|deadline|due date|launch|GA|branching|release|cut-?off|conference|congress|symposium|meetup|vote|review)';
/** Meetings that come under a name of their own. */
const NAMED_EVENT =
  '(?:IETF|KubeCon|FOSDEM|TPAC|PyCon|EuroPython|EuroSciPy|SciPy|GUADEC|Akademy|DebConf|LPC|Plumbers|FOSS4G|All ?Hands|Open ?Infra|CDS|CDM|DevConf|Cauldron|Linaro Connect|Christmas|Xmas|Easter|Thanksgiving|New Year|the holidays?|the break)(?: ?\\d{2,4})?';
const PART = '(?:beginning|start|early|middle|mid|late|end|first half|second half)(?: of| in)?(?: the)?[ -]';
const COMING = '(?:the )?(?:this|next|coming|upcoming|current|following)';
const VERSION = 'v?\\d{1,3}(?:\\.(?:\\d{1,3}|x)){1,3}';
const CYCLE = '(?:development )?(?:release cycle|cycle|milestone|release|series|timeframe)';
const NO_NAME = '(?!(?:The|A|An|Any|This|That|Each|Every|Our|New|No|First|Next|Last|All|Some|Of|In|For|And|Final)\\b)';
const ORDINAL = '\\d{1,2}(?:\\^?(?:st|nd|rd|th)\\^?)?(?: ?[-–] ?\\d{1,2}(?:st|nd|rd|th)?)?';

/** One way in which a time is written; `plan` ones (releases, cycles) also hold for what stands below or behind them. */
interface Form {
  readonly pattern: RegExp;
  readonly plan: boolean;
  /** In lower case what every match holds one of; `0-9` is any digit. Patterns are dear at their first use, and most are never needed. */
  readonly needs: readonly string[] | null;
}

/** What a form needs, its pattern, and its flags. */
type Written = readonly [needs: readonly string[] | null, source: string, flags?: string];

function plan(...[needs, source, flags = source.includes('\\p') ? 'u' : '']: Written): Form {
  return { plan: true, needs, pattern: new RegExp(`(?<![\\w.-])${source}(?![\\w-])`, flags) };
}

function moment(...[needs, source, flags = source.includes('\\p') ? 'u' : '']: Written): Form {
  return { plan: false, needs, pattern: new RegExp(`(?<![\\w./-])${source}(?![\\w/-])`, flags) };
}

const DIGIT = ['0-9'];
const SPANS = [
  'week',
  'month',
  'day',
  'hour',
  'year',
  'cycle',
  'quarter',
  'sprint',
  'release',
  'iteration',
  'semester',
];
const CYCLES = ['cycle', 'milestone', 'release', 'series', 'timeframe', 'final'];

/** The forms that may be in a text, in the order in which they are believed. */
function* formsFor(text: string): Generator<Form> {
  const lower = text.toLowerCase();
  const digits = /\d/.test(text);
  for (const form of FORMS) {
    if (form.needs === null || form.needs.some((word) => (word === '0-9' ? digits : lower.includes(word)))) yield form;
  }
}

/** The forms in the order in which they are believed. `due` is the part that names the time, else it is all. */
const FORMS: readonly Form[] = [
  // "(due: 1.22 docs freeze)", "Deadline: end of May", "ETA 20-Nov", "by when: Q3"
  moment(
    [':', '=', '(', '['],
    `(?:(?:due(?: date| by| on)?|deadline|target(?: date)?|by when|when|eta|timeline|finish by|complete by)\\s?[:=]\\s?|[(\\[](?:due(?: date| by| on)?|deadline|eta|by|before|until)\\s)(?<due>[^\\s()\\[\\];,|](?:[^()\\[\\];|,.]|\\.(?=\\d)){1,40}?(?:, ?\\d{4})?)(?=\\s{0,2}(?:[()\\[\\];|,]|\\.(?!\\d)|$))`,
    'i',
  ),
  // "Victoria-2 milestone", "11.0 release cycle", "W cycle", "Pike final", "by Victoria", "into Product 4.0", "in 1.24 or beyond"
  plan(DIGIT, `(?:in|into|by|for|to|until|before) (?<due>${NO_NAME}\\p{Lu}\\p{L}{2,20} ${VERSION})`),
  plan(
    CYCLES,
    `(?:(?:the|${COMING}) )?(?:${RELEASE}(?: ?[-+]?\\d{1,2})?|${VERSION}|[B-Z](?:[-+]\\d)?|${NO_NAME}\\p{Lu}[\\w.+-]{1,20}) (?:${CYCLE}|final)(?! (?:notes?|page|team|manager|process|jobs?|pipeline|tools?|model)\\b)`,
  ),
  plan([...CYCLES, 'roadmap'], `${COMING} (?:${CYCLE}|roadmap)`, 'i'),
  plan(
    null,
    `(?:in|by|for|during|until|before|till|on|within|land on)(?: the)? (?<due>${RELEASE}(?: ?[-+]\\d{1,2})?(?: final)?)(?! (?:team|PTG|ptg|summit|driver))`,
  ),
  plan(DIGIT, `(?:in|by|for|during|until|before|into) (?<due>${VERSION}(?: or beyond)?)(?!%)`),
  plan(DIGIT, '(?:to|for|into|by)(?: the)? (?<due>v\\d{1,3}\\.\\d{1,3})'),
  plan(
    DIGIT,
    `(?:by|before|for|until|till|in|at|after)(?: the)? (?<due>(?:${RELEASE}[ -])?(?:[MRB]-?\\d{1,2}|(?:m|milestone|beta|alpha|rc|RC|Milestone|Beta|Alpha)[ -]?\\d{1,2}))(?! [a-z]{3,12}s\\b)`,
  ),
  // dates
  moment(DIGIT, '\\d{1,2}\\.\\d{1,2}\\.20\\d{2}|20\\d{2}/\\d{1,2}/\\d{1,2}'),
  moment(DIGIT, `\\d{1,2}[- ]${MONTH}(?:[- ]20\\d{2}|-\\d{2})?`),
  moment(
    ['beginning', 'start', 'early', 'middle', 'mid', 'late', 'end', 'half'],
    `(?:by )?${PART}(?:${MONTH}(?: \\d{4})?|Q[1-4](?: \\d{4})?|20\\d{2}|H[12]|(?:this |next )?(?:week|month|year|quarter|summer|autumn|winter|spring))(?:-ish)?`,
    'i',
  ),
  moment(
    ['eo', 'cob', 'end of'],
    `(?:by |before )?(?:EO[BDWMQY]|COB|end of (?:day|business|week|month|quarter|year|cycle|term))(?:,? (?:on )?(?:${DAY}|tomorrow|today))?`,
    '',
  ),
  moment(null, `(?:by|before|until|till|in time for|ahead of|prior to|at) (?:the )?(?:next )?(?<due>${NAMED_EVENT})`),
  moment(DIGIT, '(?:(?:before|prior to|after) )?\\d{4}-\\d{2}-\\d{2}'),
  moment(
    DIGIT,
    `(?:(?:before|prior to|after|end of|mid|early|late) )?(?:${DAY},? )?${MONTH}\\.? ${ORDINAL}(?:,? \\d{4})?`,
  ),
  moment(DIGIT, `(?:(?:before|prior to|after) )?(?:${DAY},? )?${ORDINAL}(?: of)? ${MONTH}(?:,? \\d{4})?`),
  moment(DIGIT, '(?:(?:before|prior to|after) )?\\d{1,2}/\\d{1,2}(?:/\\d{2,4})?'),
  moment(
    null,
    `(?:in|by|before|until|till|during|for)(?: the)? (?<due>(?:early |late |mid-?)?${MONTH}(?: \\d{4})?|20\\d{2}|Q[1-4](?: \\d{4})?|H[12](?: \\d{4})?|winter|summer|spring|autumn)(?!\\.\\d)`,
  ),
  moment(DIGIT, `for (?<due>[\\p{L}]{2,12} 20\\d{2})`),
  // "next week", "the next workgroup meeting on 12/18", "next week's agenda", "next time"
  moment(
    ['this', 'next', 'coming', 'current', 'following'],
    `(?:(?:before|prior to|after|end of|during) )?${COMING} (?:(?:${COUNT} )?${SPAN}(?:['’]s)?(?: [\\w-]{1,20}){0,2} (?:${EVENT}|agenda)|(?:${COUNT} )?${SPAN}|(?:(?!(?:in|at|on|to|for|of|the|our|by|before|after|during|until|is|was|from|with|and|that|this) )[\\w-]{1,20} ){0,2}${EVENT}(?: on \\d[\\w/]{1,8})?|time|${DAY}|${MONTH}|weekend|summer|winter|spring|autumn|fall)`,
    'i',
  ),
  moment(SPANS, `(?:in|within|over|after)(?: the next)? (?:about |around )?${COUNT}(?: more)? ${SPAN}`, 'i'),
  moment(
    ['end of', 'beginning of', 'start of', 'middle of', 'the end', 'the middle'],
    `(?:the )?(?:end|beginning|start|middle) of (?:the )?(?:${MONTH}|${SPAN}|Q[1-4])`,
    'i',
  ),
  moment(
    ['today', 'tonight', 'tomorrow', 'asap', 'soon', 'future', 'coming'],
    '(?:today|tonight|tomorrow|asap|as soon as possible|soon|(?:the )?(?:near future|coming (?:weeks|months|days)))(?! as)',
    'i',
  ),
  moment(null, `(?:by|on|until|before|due|for|this) (?<due>${DAY}(?:(?:,| or| and) ${DAY})?)`),
  moment(null, `${DAY} (?:or|and) ${DAY}`),
  // "before the F2F", "by the next meeting", "at the Fall Summit"
  moment(
    null,
    `(?:before|by|until|till|prior to|ahead of|in time for)(?: the| our| an?)?(?: (?!(?:is|was|are|were|to|and|we|it|they|in|at|on|for|of|with|that) )[\\w.-]{1,20}){0,3} ${EVENT}(?: on \\d[\\w/]{1,8})?`,
  ),
  moment(
    null,
    `(?:at|in|during|for)(?: the| our| an?)?(?: (?:next|coming|upcoming|following|special|separate|${NO_NAME}[A-Z][\\w-]{0,20})){1,3} ${EVENT}(?:, ${MONTH},? \\d{4})?`,
  ),
  moment(
    ['f2f', 'face', 'ptg', 'summit', 'mid', 'freeze'],
    '(?:during|before|at|in|until)(?: the)? (?<due>F2F|face[- ]to[- ]face|PTG|summit|mid-?cycle|freeze)',
    'i',
  ),
  moment(['before'], 'before (?!(?:The|We|It|They|This|That|He|She|Any|All)\\b)\\p{Lu}\\p{L}{2,20}(?: \\d{1,4})?'),
  moment(
    ['before', 'once', 'until'],
    '(?:before|once|until) (?!(?:that|it|this|they|we|there|someone|people) )(?:[\\w./#-]{1,24} ){1,5}(?:is|are|has been|have been) [\\w-]{2,20}',
    'i',
  ),
  moment(['before'], 'before (?:declaring|making|cutting) (?:[\\w./-]{1,24} ){1,3}(?:release|branch)', 'i'),
  moment(
    ['after'],
    `after(?: the| our| this| an?)?(?: (?!(?:is|was|are|were|to|and|we|it|they|in|at|on|for|of|with|that|many|several|some) )[\\w.-]{1,20}){0,2} ${EVENT}`,
  ),
  moment(
    ['once', 'after'],
    '(?:once|after) (?!(?:that|it|this|they|we|there) )(?:[\\w./#-]{1,24} ){1,4}(?:lands|merges|ships|closes|is out|opens|gets merged|has landed)|once (?:accepted|approved|merged|landed|released|published|done|agreed|ready|available)',
    'i',
  ),
];

/** What lies in the past or is no time for a piece of work. */
const NO_TIME =
  /\b(?:last|past|previous|former|at least|every|each|weekly|since)\b|during the (?:session|discussion|meeting)\b|\b(?:this|the current) (?:time|session|meeting|call|release)$/i;
const NO_TIME_BEFORE = /\b(?:last|past|previous|since|at least|least|used in|introduced in|added in|started)\s*$/i;

/** A word of every form stands in what this finds: cheap to try, and most texts name no time. */
const HINT = new RegExp(
  `\\d|\\b(?:${RELEASE}|${MONTH}|${DAY}|cycles?|milestone|releases?|series|timeframe|final|roadmap|weekend|weeks?|months?|days?|years?|quarters?|sprints?|meetings?|calls?|tele\\w{2,12}|f2f|face|ptg|summit|forum|mid-?cycle|workshop|hackathon|plenary|freeze|deadline|cut-?off|conference|agenda|time|today|tonight|tomorrow|asap|soon|due|eta|target|EO[BDWMQY]|COB|beginning|early|middle|mid|late|end|IETF|KubeCon|FOSDEM|TPAC|Christmas|Easter|Plumbers|PyCon|future|winter|summer|spring|autumn|fall|before|once|until|till|after|when|session|interim|compose|sync|hours?|Q[1-4])\\b`,
  'i',
);

/** The time that a text names, as written; null when it names none. `planOnly` takes releases, cycles and milestones alone. */
export function timeIn(text: string, planOnly = false): string | null {
  if (!HINT.test(text)) return null;
  for (const { pattern, plan } of formsFor(text)) {
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

/** A heading that is a release alone, or says what is planned in one ("Juno", "Work for 4.0", "Features in Juno"). */
const RELEASE_HEADING = new RegExp(
  `^(?:\\W{0,3}\\d{0,2}[.)]? ?)?(?:(?:the )?(?<alone>${RELEASE}|v?\\d{1,2}\\.\\d{1,2}(?:\\.\\d{1,2})?)(?: (?:release|cycle|series|milestone|development|timeframe|work|features|items|tasks))?|(?:[\\w-]{1,20} ){0,3}(?:tasks?|features?|work(?: items)?|to-?dos?|next steps|planned|improvements?|development|blueprints?|items|outlook|future) (?:for|in)(?: the)? (?<planned>${RELEASE}|${VERSION}))[ :]{0,2}$`,
  'i',
);

const ANNOUNCED = new RegExp(
  `(?<before>${RELEASE}|(?<=[“"'])[A-Z](?=[”"'])|${VERSION})(?:[”"'’]?s?)? (?:roadmap|goals?|plans?|priorities|targets?)|(?:roadmap|goals?|plans?|priorities|targets?) (?:for|of|in)(?: the)? (?<after>${RELEASE}|${VERSION})`,
  'u',
);

/** The release that a heading or a lead-in line announces plans for ("Goals for Pike", "Icehouse's roadmap"). */
export function announcedIn(line: string): string | null {
  const found = (ANNOUNCED.exec(line) ?? RELEASE_HEADING.exec(line))?.groups;
  return found?.before ?? found?.after ?? found?.alone ?? found?.planned ?? null;
}

/** The longest time that is written at the end of a phrase. */
const TAIL = 80;

/** A phrase without the time at its end ("… in the Victoria cycle"), which stands beside the title. */
export function withoutTime(phrase: string): string {
  if (!HINT.test(phrase.slice(-TAIL))) return phrase;
  for (const { pattern } of formsFor(phrase)) {
    const found = pattern.exec(phrase);
    if (found === null || found.index < 8) continue;
    if (!/^[\s.,;!)]*$/.test(phrase.slice(found.index + found[0].length))) continue;
    return phrase
      .slice(0, found.index)
      .replace(
        /[\s,(]+(?:(?:in|by|for|during|until|before|at|on|over|within|this|the|an?|our|prior to|due)[\s,]*){0,3}$/i,
        '',
      );
  }
  return phrase;
}
