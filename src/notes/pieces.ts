import type { Link, PhrasingContent, Strong, Text } from 'mdast';
import type { Place } from './lines.ts';

/** A run of visible text on one raw line, with what is said about all of it. Inline parsers of every format give these. */
export interface Piece extends Place {
  readonly text: string;
  readonly strong: boolean;
  readonly url: string | null;
}

function textNode(piece: Piece): Text {
  const end = { line: piece.line, column: piece.column + piece.text.length };
  return { type: 'text', value: piece.text, position: { start: { line: piece.line, column: piece.column }, end } };
}

function endOf(node: PhrasingContent | undefined, fallback: Place): Place {
  return node?.position?.end ?? fallback;
}

function strongNode(first: Piece): Strong {
  const start = { line: first.line, column: first.column };
  return { type: 'strong', children: [], position: { start, end: start } };
}

function linkNode(first: Piece, url: string): Link {
  const start = { line: first.line, column: first.column };
  return { type: 'link', url, children: [], position: { start, end: start } };
}

/** The pieces as mdast: text, at most inside strong, at most inside a link, so that no text can nest deeply. */
export function phrasing(pieces: readonly Piece[]): PhrasingContent[] {
  const out: PhrasingContent[] = [];
  let link: Link | null = null;
  let strong: Strong | null = null;
  for (const piece of pieces) {
    if (link !== null && link.url !== piece.url) link = null;
    if (piece.url !== null && link === null) {
      link = linkNode(piece, piece.url);
      out.push(link);
      strong = null;
    } else if (piece.url === null && strong !== null && out.at(-1) !== strong) strong = null;
    if (!piece.strong) strong = null;
    const home: PhrasingContent[] = link?.children ?? out;
    if (piece.strong && strong === null) {
      strong = strongNode(piece);
      home.push(strong);
    }
    (strong?.children ?? home).push(textNode(piece));
    const end = endOf((strong?.children ?? home).at(-1), piece);
    if (strong?.position) strong.position.end = { ...end };
    if (link?.position) link.position.end = { ...end };
  }
  return out;
}
