/** What a paragraph stands for, where it is more than running text. */
export interface Role {
  readonly kind: 'term' | 'title' | 'speech' | 'cell' | 'plain';
  readonly speaker?: string;
  /** It is what the term or the lead-in line above it says. */
  readonly body?: boolean;
  /** Where a cell stands: numbers of its table and its row in the note, and its column. */
  readonly cell?: { readonly table: number; readonly row: number; readonly column: number };
  /** A term that stands for a heading, so that what follows is a section of its own. */
  readonly heading?: boolean;
}

declare module 'mdast' {
  interface ParagraphData {
    role?: Role;
  }
  interface BlockquoteData {
    /** It is an earlier mail that is answered here. */
    answered?: boolean;
  }
}
