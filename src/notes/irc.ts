import { NO_ADDRESSES } from './addresses.ts';
import { plainInline } from './inline.ts';
import { dropStart, isBlank, type Line } from './lines.ts';
import { addHeading, addParagraph, type Growing } from './tree.ts';

/** What a chat log says about its meeting. */
export interface LogFacts {
  readonly title: string | null;
  /** Whether a MeetBot was there. */
  readonly meetbot: boolean;
  readonly people: readonly string[];
  /** What the bot says about the start, date and all. */
  readonly date: string | null;
}

const STAMP = String.raw`\[?(?:\d{4}-\d\d-\d\d[T ])?\d{1,2}:\d\d(?::\d\d)?(?:\.\d{1,6})?Z?\]?`;
const SAYS = new RegExp(String.raw`^\s{0,4}(?:${STAMP}\s{1,8})?<\s?[@+%&~]?([^>\s]{1,40})>\s?(.*)$`);
const STAMPED = new RegExp(String.raw`^\s{0,4}${STAMP}\s{1,8}([^\s:<>*]{1,30}):\s(.*)$`);
const TAG = /^\s{0,4}<\/?(?:[a-z][a-z0-9]{0,9}|!--|!doctype)(?:>|\s|\/)/i;
const STAMPED_LINE = new RegExp(`^\\s{0,4}${STAMP}\\s`);
const DOES = new RegExp(String.raw`^\s{0,4}(?:${STAMP}\s{1,8})?\*\s{1,3}(?!\*)([^\s*]{1,30})\s(.*)$`);
const SERVER = new RegExp(String.raw`^\s{0,4}(?:${STAMP}\s{1,8})?(?:\*{3}|-!-|-->|<--|→|←|={2,3})\s`);
/** Programs that write into chats. */
export const BOTS =
  /^(?:meetingology|meetbot|openstack|opendevmeet|openstackstatus|ubot\d*|zodbot|hubbot|supybot|rrsagent|zakim|trackbot|irelay|jenkins(?:@\w+)?|github|gerritbot)$/i;

/** Whether most lines are what somebody says in a chat. */
export function isLog(lines: readonly Line[]): boolean {
  let seen = 0;
  let said = 0;
  for (const line of lines.slice(0, 400)) {
    if (isBlank(line)) continue;
    seen++;
    if (isSaid(line.text)) said++;
  }
  return seen >= 3 && said >= 0.6 * seen;
}

/** Without a time of day, `* …` may be a bullet and `<…>` a tag. */
function isSaid(text: string): boolean {
  if (STAMPED_LINE.test(text)) return [SAYS, STAMPED, DOES, SERVER].some((pattern) => pattern.test(text));
  return SAYS.test(text) && !(TAG.test(text) && text.includes('</'));
}

/** Adds what was said as speech; topics become headings, the server's and the bots' lines are left out. */
export function readLog(tree: Growing, lines: readonly Line[]): LogFacts {
  const people = new Set<string>();
  const seen = new Set<string>();
  let title: string | null = null;
  let meetbot = false;
  let date: string | null = null;
  for (const line of lines) {
    if (isBlank(line) || SERVER.test(line.text)) continue;
    const does = DOES.exec(line.text);
    const says = SAYS.exec(line.text) ?? STAMPED.exec(line.text);
    const [, nick = '', text = ''] = says ?? does ?? [];
    if (nick === '') {
      addParagraph(tree, plainInline([line], NO_ADDRESSES));
      continue;
    }
    const command = /^#(startmeeting|topic|subtopic|meetingname|endmeeting|chair)\b\s*(.*)$/i.exec(text);
    if (command) meetbot = true;
    if (command?.[1]?.toLowerCase() === 'startmeeting') title = command[2]?.trim() || null;
    if (BOTS.test(nick)) date ??= /^Meeting started (.{10,40})/.exec(text)?.[1] ?? null;
    if (BOTS.test(nick)) continue;
    people.add(nick);
    const shown = says ? text : `${nick} ${text}`;
    const rest = dropStart(line, line.text.length - shown.length);
    const topic = command && /topic/i.test(command[1] ?? '') ? (command[2] ?? '') : topicOf(text, seen);
    if (topic) addHeading(tree, 2, plainInline([dropStart(rest, text.length - topic.length)], NO_ADDRESSES));
    else if (!command) addParagraph(tree, plainInline([rest], NO_ADDRESSES), { kind: 'speech', speaker: nick });
  }
  return { title, meetbot, people: [...people], date };
}

/** "1) Roadmap" said a second time opens that point of the agenda. */
function topicOf(text: string, seen: Set<string>): string | null {
  const key = text.trim();
  if (!/^\d{1,2}[).] \S/.test(key)) return null;
  if (seen.has(key)) return text;
  seen.add(key);
  return null;
}
