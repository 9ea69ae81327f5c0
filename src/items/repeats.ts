import type { Finding } from './item.ts';
import { plainWords } from './plain.ts';

/** With fewer words two statements can read the same and mean two things ("Revisit next week."). */
const LEAST_WORDS = 6;
const FRONT = /^(?:#?(?:action|todo|ai|ar)(?: items?| points?)?)\b/i;

/** Leaves out what a note says a second time in the same words, as minutes repeat their actions at the end. */
export function withoutRepeats(findings: readonly Finding[]): readonly Finding[] {
  const seen = new Map<string, number>();
  const kept: Finding[] = [];
  for (const finding of findings) {
    const words = plainWords(finding.quote.replace(FRONT, ''));
    const place = words.length < LEAST_WORDS ? undefined : seen.get(words.join(' '));
    const known = place === undefined ? undefined : kept[place];
    if (place === undefined || known === undefined) {
      seen.set(words.join(' '), kept.length);
      kept.push(finding);
    } else if (known.owners.length === 0 && finding.owners.length > 0) kept[place] = finding;
  }
  return kept;
}
