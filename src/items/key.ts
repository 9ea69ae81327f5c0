import { createHash } from 'node:crypto';
import type { ItemKey } from './item.ts';
import { headingWords, plainWords } from './plain.ts';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';
const LENGTH = 16;

/** What the identity of a statement is made from. */
export interface KeyParts {
  readonly quote: string;
  readonly section: readonly string[];
  /** Tells apart two statements that read the same under the same heading; absent for all others. */
  readonly apart?: string;
}

/**
 * The key of a statement: the same for the same words under the same heading, however they are quoted, wrapped, marked
 * up, and whichever note they stand in.
 */
export function itemKey(parts: KeyParts): ItemKey {
  const nearest = parts.section[parts.section.length - 1] ?? '';
  const lines = [plainWords(parts.quote).join(' '), headingWords(nearest).join(' ')];
  if (parts.apart !== undefined) lines.push(parts.apart);
  const hash = createHash('sha256').update(lines.join('\n')).digest();
  let key = '';
  let bits = 0;
  let value = 0;
  for (const byte of hash.subarray(0, (LENGTH * 5) / 8)) {
    value = (value << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      key += ALPHABET[(value >> bits) & 31];
    }
    value &= (1 << bits) - 1;
  }
  return key as ItemKey;
}
