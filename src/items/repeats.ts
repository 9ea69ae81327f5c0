import type { Finding } from './item.ts';
import { plainWords } from './plain.ts';

/** With fewer words two statements can read the same and mean two things ("Revisit next week."). */
const LEAST_WORDS = 6;
const FRONT = /^\W{0,3}(?:new\b\W{0,3})?(?:#?(?:action|todo|ai|ar)(?: items?| points?)?)\b/i;
/** What is listed there was said before. */
const SUMMARY = /\b(?:action items?|actions|resolutions|summary|todos?|next steps)\b/i;

/** The very same sentence under another heading is about that heading's matter ("Bob to prepare a text before the meeting"). */
function isElsewhere(one: Finding, other: Finding): boolean {
  if (isSummed(other)) return false;
  return one.quote === other.quote && one.section.join('\n') !== other.section.join('\n');
}

function isSummed({ section }: Finding): boolean {
  return SUMMARY.test(section.at(-1) ?? '');
}

/** Of two that say the same, the list of actions goes before what was noted on the way, and an owner before none. */
function isBetter(one: Finding, other: Finding): boolean {
  if (isSummed(one) !== isSummed(other)) return isSummed(one);
  return other.owners.length === 0 && one.owners.length > 0;
}

/** Leaves out what a note says a second time in the same words, as minutes repeat their actions at the end. */
export function withoutRepeats(findings: readonly Finding[]): readonly Finding[] {
  const seen = new Map<string, number>();
  const kept: Finding[] = [];
  for (const finding of findings) {
    const words = plainWords(finding.quote.replace(FRONT, ''));
    const place = words.length < LEAST_WORDS ? undefined : seen.get(words.join(' '));
    const known = place === undefined ? undefined : kept[place];
    if (place === undefined || known === undefined || isElsewhere(known, finding)) {
      seen.set(words.join(' '), kept.length);
      kept.push(finding);
    } else if (isBetter(finding, known)) kept[place] = finding;
  }
  return kept;
}
