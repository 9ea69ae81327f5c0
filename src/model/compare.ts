import type { Finding, Owner, Ref } from '../items/item.ts';
import { type Block, lineAt, type Note } from '../notes/note.ts';
import { linesOf } from './check.ts';
import type { Opinion, Proposal, Refused } from './proposal.ts';

/** What the comparison needs besides the findings. */
export interface CompareParts {
  /** Every statement of the note as the rules would read it if it were an item; asked only for what the model alone found. */
  readonly readings: () => readonly Finding[];
  /** The confidence of what the model alone found. */
  readonly confidence: number;
  readonly ownerOf: (name: string) => Owner;
  readonly refOf: (url: string) => Ref;
}

/** Two opinions of one note. */
export interface Comparison {
  readonly note: string;
  /** Found by both: the rules' findings, surer now. */
  readonly both: readonly Finding[];
  readonly onlyModel: readonly Finding[];
  readonly onlyRules: readonly Finding[];
  readonly refused: Refused;
}

/** Compares what the rules and the model found. A proposal whose quote overlaps a finding of the rules is the same item. */
export function compare(
  note: Note,
  rules: readonly Finding[],
  { proposals, refused }: Opinion,
  parts: CompareParts,
): Comparison {
  const placed = new Placed(note, rules);
  const agreed = new Set<Finding>();
  const alone: Proposal[] = [];
  for (const proposal of proposals) {
    const same = placed.under(proposal);
    for (const finding of same) agreed.add(finding);
    if (same.length === 0) alone.push(proposal);
  }
  return {
    note: note.source,
    both: rules.filter((finding) => agreed.has(finding)).map((finding) => surer(finding, parts.confidence)),
    onlyModel: alone.length === 0 ? [] : findingsOf(alone, note, parts),
    onlyRules: rules.filter((finding) => !agreed.has(finding)),
    refused,
  };
}

/** Two that agree are wrong only when both are. */
function surer(finding: Finding, confidence: number): Finding {
  return {
    ...finding,
    confidence: 1 - (1 - finding.confidence) * (1 - confidence),
    evidence: [...finding.evidence, 'model'],
  };
}

/**
 * What the model alone found. Where the rules know the statement, it is quoted as they would: the key then stays the same
 * when the model cuts another piece of it tomorrow, and refs, due and an existing issue are read by the same rules as ever.
 */
function findingsOf(alone: readonly Proposal[], note: Note, parts: CompareParts): readonly Finding[] {
  const readings = new Placed(note, parts.readings());
  const taken = new Set<string>();
  return alone.map((proposal) => {
    const reading = readings.under(proposal).find((one) => !taken.has(idOf(one)));
    const own = bare(proposal, note, parts);
    if (reading === undefined) return own;
    taken.add(idOf(reading));
    const owners = reading.owners.length > 0 ? reading.owners : own.owners;
    return { ...reading, kind: own.kind, title: own.title, owners, confidence: own.confidence, evidence: own.evidence };
  });
}

function idOf({ quote, source }: Finding): string {
  return `${source.lineStart} ${source.lineEnd} ${quote}`;
}

/** A proposal with what can be read off its place alone. */
function bare(proposal: Proposal, note: Note, parts: CompareParts): Finding {
  const block = note.blocks[proposal.block];
  const lines = block === undefined ? { start: 1, end: 1 } : linesOf(proposal, block);
  const { source, url, title, author, date } = note;
  const links = (block?.links ?? []).filter(
    ({ start, end, url }) => start < proposal.end && end > proposal.start && /^https?:\/\//i.test(url),
  );
  return {
    kind: proposal.kind,
    title: proposal.title,
    quote: proposal.quote,
    owners: unique(proposal.owners.map(parts.ownerOf), ({ name }) => name),
    refs: unique(
      links.map((link) => parts.refOf(link.url)),
      (ref) => ref.url,
    ),
    due: null,
    section: block?.section ?? [],
    source: { note: source, lineStart: lines.start, lineEnd: lines.end },
    note: { source, url, title, author, date },
    tracked: null,
    confidence: parts.confidence,
    evidence: ['model'],
  };
}

function unique<T>(all: readonly T[], by: (one: T) => string): readonly T[] {
  return [...new Map(all.map((one) => [by(one), one])).values()];
}

/** Findings by the line on which they begin, so that looking for one does not grow with the note. */
class Placed {
  readonly #note: Note;
  readonly #byLine = new Map<number, Finding[]>();

  constructor(note: Note, findings: readonly Finding[]) {
    this.#note = note;
    for (const finding of findings) {
      const others = this.#byLine.get(finding.source.lineStart);
      if (others === undefined) this.#byLine.set(finding.source.lineStart, [finding]);
      else others.push(finding);
    }
  }

  /** The findings whose quote overlaps that of a proposal, the largest overlap first. */
  under(proposal: Proposal): readonly Finding[] {
    const block = this.#note.blocks[proposal.block];
    if (block === undefined) return [];
    const found: { readonly finding: Finding; readonly shared: number }[] = [];
    for (const line of new Set([block.lines.start, ...block.marks.map((mark) => mark.line)])) {
      for (const finding of this.#byLine.get(line) ?? []) {
        const shared = sharedBy(finding, proposal, block);
        if (shared > 0) found.push({ finding, shared });
      }
    }
    return found.sort((a, b) => b.shared - a.shared).map(({ finding }) => finding);
  }
}

/** How many characters the quotes of a finding and of a proposal share in a block. */
function sharedBy({ quote, source }: Finding, { start, end }: Proposal, block: Block): number {
  if (quote === '') return 0;
  let most = 0;
  const from = Math.max(0, start - quote.length);
  for (let at = block.text.indexOf(quote, from); at >= 0 && at < end; at = block.text.indexOf(quote, at + 1)) {
    if (lineAt(block, at) === source.lineStart)
      most = Math.max(most, Math.min(end, at + quote.length) - Math.max(start, at));
  }
  return most;
}
