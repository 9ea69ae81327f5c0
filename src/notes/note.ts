/** What a note turned out to be; found from its content, not from its name. */
export type NoteKind = 'mail' | 'markdown' | 'html' | 'rst' | 'text' | 'meetbot' | 'irc' | 'pad';

/** Lines of the raw file, 1-based, both included. */
export interface LineRange {
  readonly start: number;
  readonly end: number;
}

/** A link in a block: `[start, end)` are offsets in the block's text; footnotes are resolved to their address. */
export interface Link {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly url: string;
}

/**
 * What a block is.
 *
 * - `heading`: a heading of any notation. `term`: a definition term or a bold line that stands for a heading.
 * - `title`: the first line of a bullet that only names its topic ("* retire metering-agent").
 * - `paragraph`, `bullet`, `cell` (of a table): running text. `speech`: a line that somebody says in minutes or chat.
 * - `code`: verbatim text; never holds an item.
 */
export type BlockKind = 'heading' | 'term' | 'title' | 'paragraph' | 'bullet' | 'cell' | 'speech' | 'code';

/** A span of visible text with everything that its place in the note says about it. */
export interface Block {
  /** Its place in `note.blocks`. */
  readonly index: number;
  readonly kind: BlockKind;
  /** Visible text, one space between words, without markup, bullets and quote prefixes. */
  readonly text: string;
  readonly lines: LineRange;
  /** Where each raw line begins in `text`: ascending offsets; `lineAt` reads it. */
  readonly marks: readonly { readonly offset: number; readonly line: number }[];
  /** The headings above it, outermost first. */
  readonly section: readonly string[];
  /** How many lists it is in: 0 outside of lists. */
  readonly depth: number;
  /** The index of the bullet that encloses it, one list level up; null outside of nested lists. */
  readonly parent: number | null;
  /** The index of the line that its list (of a cell: its column) hangs on ("Actions to do:", a bullet title, a term); null when there is none. */
  readonly leadIn: number | null;
  /** Identifies the list (of a cell: the row) that it is an item of; siblings share it; null outside of lists. */
  readonly list: number | null;
  /** A numbered list's item. */
  readonly ordered: boolean;
  /** `[x]` true, `[ ]` false, no box null. */
  readonly checked: boolean | null;
  /** Who says it, in minutes and chats ("Alice: …", "<alice> …"), else null. */
  readonly speaker: string | null;
  readonly links: readonly Link[];
  /** Emphasised spans (bold, italics) as `[start, end)` offsets of `text`. */
  readonly strong: readonly { readonly start: number; readonly end: number }[];
  /** How many times it was quoted inside the note (an earlier mail that is answered); absent outside of quotes. */
  readonly quoted?: number;
}

/** One document that was read. */
export interface Note {
  /** As it was given: a path, an address, or `-`. */
  readonly source: string;
  /** Where people can read it on the web, when known. */
  readonly url: string | null;
  readonly kind: NoteKind;
  readonly title: string;
  readonly author: string | null;
  /** `YYYY-MM-DD`. */
  readonly date: string | null;
  /** SHA-256 of the raw bytes, in hex. */
  readonly hash: string;
  /** Names and nicks of those present, as the note lists them. */
  readonly people: readonly string[];
  /** The document's tree (mdast, with the lines of the raw file) read once from top to bottom; the tree itself is not kept. */
  readonly blocks: readonly Block[];
}

/** The raw line on which an offset of a block's text stands. */
export function lineAt({ lines, marks }: Block, offset: number): number {
  let [from, to] = [0, marks.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((marks[middle]?.offset ?? 0) > offset) to = middle;
    else from = middle + 1;
  }
  return marks[from - 1]?.line ?? lines.start;
}
