import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { contextOf } from '../../src/items/context.ts';
import type { Finding, Item, Owner } from '../../src/items/item.ts';
import { itemKey } from '../../src/items/key.ts';
import { compileLexicon } from '../../src/items/lexicon.ts';
import type { Known } from '../../src/items/match.ts';
import type { Context, Statement } from '../../src/items/statement.ts';
import type { Block, Note } from '../../src/notes/note.ts';

const LEXICON = compileLexicon(parse(readFileSync(new URL('../../config/words.yaml', import.meta.url), 'utf8')));

/** An owner without accounts. */
export function anOwner(name: string): Owner {
  return { name, github: null, launchpad: null };
}

/** A finding in which each test states only what matters to it. */
export function aFinding(given: Partial<Finding> & { readonly from?: string } = {}): Finding {
  const { from = 'notes/mail.txt', ...rest } = given;
  const quote = rest.quote ?? 'Alice will write the upgrade guide.';
  return {
    kind: 'action',
    title: quote.replace(/\.$/, '').slice(0, 80),
    quote,
    owners: [],
    refs: [],
    due: null,
    section: ['Documentation'],
    source: { note: from, lineStart: 1, lineEnd: 1 },
    note: { source: from, url: null, title: 'Notes', author: null, date: null },
    tracked: null,
    confidence: 0.9,
    evidence: [],
    ...rest,
  };
}

/** An item that stands alone. */
export function anItem(given: Partial<Item> & { readonly from?: string } = {}): Item {
  const finding = aFinding(given);
  return { ...finding, key: given.key ?? itemKey(finding), alsoIn: given.alsoIn ?? [] };
}

/** The item as a note states it after a change, under the key that it would get if nothing were known. */
export function changed(item: Item, given: Partial<Finding>): Item {
  const finding: Finding = { ...item, ...given };
  return { ...finding, key: itemKey(finding), alsoIn: item.alsoIn };
}

/** What the ledger would know of an item. */
export function knownOf(item: Item): Known {
  const { key, title, quote, section, owners, source } = item;
  return { key, title, quote, section, owners: owners.map(({ name }) => name), note: source.note };
}

/** A note of the given blocks; a text alone is a paragraph, `#` before it makes it a heading, `*` a bullet. */
export function aNote(lines: readonly (string | Partial<Block>)[], given: Partial<Note> = {}): Note {
  let section: readonly string[] = [];
  let leadIn: number | null = null;
  const blocks = lines.map((line, index): Block => {
    const { kind = 'paragraph', text = '', ...rest } = typeof line === 'string' ? marked(line) : line;
    const inList = kind === 'bullet';
    const block: Block = {
      index,
      kind,
      text,
      lines: { start: index + 1, end: index + 1 },
      marks: [{ offset: 0, line: index + 1 }],
      section: kind === 'heading' ? [] : section,
      depth: inList ? 1 : 0,
      parent: null,
      leadIn: inList ? leadIn : null,
      list: inList ? 0 : null,
      ordered: false,
      checked: null,
      speaker: null,
      links: [...text.matchAll(/https?:\/\/\S*[\w/]/g)].map(({ 0: url, index: start }) => ({
        start,
        end: start + url.length,
        text: url,
        url,
      })),
      strong: [],
      ...rest,
    };
    if (kind === 'heading') section = [text];
    if (!inList) leadIn = index;
    return block;
  });
  return {
    source: 'notes/mail.txt',
    url: null,
    kind: 'text',
    title: 'Notes',
    author: 'Owner One',
    date: '2020-06-10',
    hash: '',
    people: [],
    blocks,
    ...given,
  };
}

function marked(line: string): Partial<Block> {
  if (line.startsWith('# ')) return { kind: 'heading', text: line.slice(2) };
  if (line.startsWith('* ')) return { kind: 'bullet', text: line.slice(2) };
  return { kind: 'paragraph', text: line };
}

/** What the stage knows of a note of these blocks. */
export function aContext(lines: readonly (string | Partial<Block>)[], given: Partial<Note> = {}): Context {
  return contextOf(aNote(lines, given), LEXICON);
}

/** The statement of a note that begins with, or at least holds, these words. */
export function statementWith(context: Context, words: string): Statement {
  const found = context.statements.find(({ text }) => text.includes(words));
  if (found === undefined) throw new Error(`no statement says "${words}"`);
  return found;
}
