import type { Piece } from './pieces.ts';
import type { Role } from './role.ts';

const LONGEST = 80;
const TOPIC = /^\s*(?:topic|agenda item)\s?\d{0,3}:\s*\S.{0,100}$/i;
const PROMISE =
  /\b(?:will|shall|should|must|needs?|agreed|decided|volunteer\w*|going to)\b|\bto [a-z]|^(?:action|todo|ai|ar)\b.*[:\])]\s*\S/i;

/** Whether a line could state work rather than name a topic. */
export function mayPromise(text: string): boolean {
  return PROMISE.test(text);
}

const PLAIN = /^[:\s]+$/;
/** "**Topic** (Alice)": who speaks about it. */
const NAMED = /^\s*\(\p{Lu}[\p{L} ,&/]{1,39}\)\s*:?\s*$/u;

/** Whether a text that is emphasised as a whole stands for a heading, or only leads into what is below. */
export function asTerm(pieces: readonly Piece[], inList: boolean): Role | null {
  const seen = pieces.filter((piece) => piece.text.trim() !== '');
  if (!inList && seen[0] && TOPIC.test(seen.map((piece) => piece.text).join('')))
    return { kind: 'term', heading: true };
  if (
    seen.length === 0 ||
    !seen.every((piece, at) => piece.strong || PLAIN.test(piece.text) || (at > 0 && !inList && NAMED.test(piece.text)))
  )
    return null;
  if (seen.every((piece) => piece.url !== null)) return null;
  const text = seen
    .map((piece) => piece.text)
    .join('')
    .trim();
  if (text.length > LONGEST || mayPromise(text) || /[.,;!?]$/.test(text)) return null;
  if (inList) return { kind: 'title' };
  return text.endsWith(':') ? { kind: 'term' } : { kind: 'term', heading: true };
}
