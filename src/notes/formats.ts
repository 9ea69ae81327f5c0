import { blocksOf } from './blocks.ts';
import type { DialectName } from './dialects.ts';
import { type FrontMatter, takeFrontMatter } from './front-matter.ts';
import { readHtml } from './html.ts';
import { isLog, readLog } from './irc.ts';
import { dialectOf, isHtml } from './kind.ts';
import { isBlank, type Line } from './lines.ts';
import { type Mail, mailsIn } from './mail.ts';
import type { Block, NoteKind } from './note.ts';
import { peopleIn, rowsOfBlocks } from './people.ts';
import { markSpeech } from './speech.ts';
import { type MailText, readMailText, readParts } from './texts.ts';
import { addHeading, type Growing } from './tree.ts';
import { visibleText } from './visible.ts';
import { voicesOf } from './voices.ts';

/** What was read, and what the format says about the note, as it is written there. */
export interface Reading {
  readonly kind: NoteKind;
  readonly title: string | null;
  readonly author: string | null;
  readonly date: string | null;
  readonly people: readonly string[];
  /** The blocks, where they are known already. */
  readonly blocks?: readonly Block[];
}

const NOTHING: FrontMatter = { title: null, author: null, date: null };

/** "Re: [list] [project] " in front of a subject. */
const SUBJECT_TAGS = /^(?:\s{0,5}(?:(?:re|fwd?|aw|wg)(?:\[\d{1,3}\])?:|\[[^\][]{1,60}\])\s{0,5}){1,12}/i;

/** Reads lines in the format that their content shows; `raw` holds the bytes of a mail, one character each. */
export function readFormat(tree: Growing, lines: readonly Line[], raw: readonly Line[] | null): Reading {
  if (raw) return readMails(tree, mailsIn(raw));
  if (isLog(lines)) return readChat(tree, lines);
  const { front, body } = takeFrontMatter(lines);
  return isHtml(body) ? readPage(tree, body, front) : readText(tree, body, front, dialectOf(lines));
}

function readChat(tree: Growing, lines: readonly Line[]): Reading {
  const log = readLog(tree, lines);
  return { ...NOTHING, kind: log.meetbot ? 'meetbot' : 'irc', title: log.title, date: log.date, people: log.people };
}

function readPage(tree: Growing, lines: readonly Line[], front: FrontMatter): Reading {
  const inner: Reading[] = [];
  const head = readHtml(tree, lines, (pre, sure) => {
    if (isLog(pre)) inner.push(readChat(tree, pre));
    else if (sure) inner.push({ ...readText(tree, pre, NOTHING, 'text'), kind: 'mail' });
    else if (isProse(pre)) inner.push(readText(tree, pre, NOTHING, 'text'));
    else return false;
    return true;
  });
  const draft = blocksOf(tree.root);
  const people = peopleIn(rowsOfBlocks(draft));
  const texts = draft.map((block) => block.text);
  const changed = markSpeech(tree.root, voicesOf(texts, people));
  const found = inner[0];
  return {
    ...(changed ? {} : { blocks: draft }),
    kind: found?.kind ?? 'html',
    title: front.title ?? head.archived?.replace(SUBJECT_TAGS, '') ?? titleOfPage(tree, head.title),
    author: front.author ?? head.author ?? found?.author ?? null,
    date: front.date ?? head.date ?? found?.date ?? null,
    people: [...new Set([...people, ...(found?.people ?? [])])],
  };
}

/** The page's own heading, when its `<title>` (which may name the site too) holds it; else that. */
function titleOfPage(tree: Growing, title: string | null): string | null {
  const first = tree.root.children.slice(0, 4).find((node) => node.type === 'heading' && node.depth === 1);
  const heading = first?.type === 'heading' ? visibleText(first.children).text : null;
  return heading !== null && (title === null || title.includes(heading)) ? heading : title;
}

/** Whether preformatted lines are running text, as in a list archive, rather than code. */
function isProse(lines: readonly Line[]): boolean {
  const filled = lines.filter((line) => !isBlank(line)).slice(0, 200);
  const worded = filled.filter((line) => /(?:[\p{L}'’,.-]{2,30} ){3}/u.test(line.text) && !/[{};]\s*$/.test(line.text));
  return filled.length >= 3 && worded.length >= 0.5 * filled.length;
}

function readText(tree: Growing, lines: readonly Line[], front: FrontMatter, dialect: DialectName): Reading {
  if (dialect !== 'text') {
    const people = readParts(tree, [{ quoted: 0, lines }], dialect);
    return { ...front, kind: dialect === 'markdown' || dialect === 'rst' ? dialect : 'text', people };
  }
  const mail = readMailText(tree, lines);
  const isPad = lines.filter((line) => /^\t+[*-] |^ {4,}\* /.test(line.text)).length > 2;
  const kind = mail.answered ? 'mail' : isPad ? 'pad' : 'text';
  return {
    kind,
    title: front.title ?? (mail.subject?.replace(SUBJECT_TAGS, '') || null),
    author: front.author ?? mail.author,
    date: front.date ?? mail.date,
    people: mail.people,
  };
}

function readMails(tree: Growing, mails: readonly Mail[]): Reading {
  const people: string[] = [];
  let carried: MailText | null = null;
  for (const mail of mails) {
    if (mails.length > 1 && mail.subject) {
      const first = mail.parts[0]?.lines[0];
      const place = { line: first?.line ?? 1, column: 1 };
      addHeading(tree, 1, [{ ...place, text: mail.subject.replace(SUBJECT_TAGS, ''), strong: false, url: null }]);
    }
    for (const part of mail.parts) {
      if (part.html) readHtml(tree, part.lines);
      else {
        const text = readMailText(tree, part.lines);
        people.push(...text.people);
        if (text.author !== null) carried ??= text;
      }
    }
  }
  const [first] = mails;
  return {
    kind: 'mail',
    title: first?.subject?.replace(SUBJECT_TAGS, '') || null,
    author: carried?.author ?? first?.author ?? null,
    date: carried?.date ?? first?.date ?? null,
    people: [...new Set(people)],
  };
}
