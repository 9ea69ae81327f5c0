import { describe, expect, it } from 'vitest';
import { extract } from '../../src/items/extract.ts';
import { refOf } from '../../src/items/ref.ts';
import type { Model } from '../../src/model/ask.ts';
import { type CompareParts, compare } from '../../src/model/compare.ts';
import type { Proposal } from '../../src/model/proposal.ts';
import { secondOpinion } from '../../src/model/second.ts';
import type { Note } from '../../src/notes/note.ts';
import { aNote, language } from '../items/note.ts';

const TEXT = `# Jobs

* ACTION: alice to drop the old gate job, see https://bugs.launchpad.net/neutron/+bug/1815933
* The weather was fine, so zed might perhaps look at the
  release tooling one day.
* ACTION: bob to write the upgrade guide
`;

const note = aNote(TEXT);
const rules = extract(note, { language }).findings;
const parts: CompareParts = {
  readings: () => extract(note, { language, threshold: 0 }).findings,
  confidence: 0.5,
  ownerOf: (name) => ({ name: name.toUpperCase(), github: name, launchpad: null }),
  refOf,
};

/** A proposal for words that stand in the note. */
function aProposal(quote: string, given: Partial<Proposal> = {}, of: Note = note): Proposal {
  const block = of.blocks.find(({ text }) => text.includes(quote));
  if (block === undefined) throw new Error(`no block says "${quote}"`);
  const start = block.text.indexOf(quote);
  const place = { quote, block: block.index, start, end: start + quote.length };
  return { kind: 'action', title: 'Do as the model says', owners: [], ...place, ...given };
}

function compared(...proposals: readonly Proposal[]) {
  return compare(note, rules, { proposals, refused: {} }, parts);
}

describe('two opinions of a note', () => {
  it('begin with rules that find two items here', () => {
    expect(rules.map(({ quote }) => quote)).toEqual([
      expect.stringContaining('drop the old gate job'),
      expect.stringContaining('write the upgrade guide'),
    ]);
  });

  it('agree where quotes overlap: the fields are the rules’, the confidence rises', () => {
    const { both, onlyModel, onlyRules } = compared(
      aProposal('drop the old gate job', { kind: 'rfe', owners: ['zed'] }),
    );

    const [drop, write] = rules;
    expect(both).toEqual([
      {
        ...drop,
        confidence: 1 - (1 - (drop?.confidence ?? 0)) / 2,
        evidence: [...(drop?.evidence ?? []), 'model'],
      },
    ]);
    expect({ onlyModel, onlyRules }).toEqual({ onlyModel: [], onlyRules: [write] });
  });

  it('differ where the model is alone: its kind and title, the rest from the note as the rules read the statement', () => {
    const quote = 'look at the release tooling';

    const { onlyModel, both } = compared(aProposal(quote, { kind: 'rfe', owners: ['zed'] }));

    expect(both).toEqual([]);
    expect(onlyModel).toHaveLength(1);
    expect(onlyModel[0]).toMatchObject({
      kind: 'rfe',
      title: 'Do as the model says',
      section: ['Jobs'],
      confidence: 0.5,
      evidence: ['model'],
    });
    const reading = parts.readings().find((one) => one.quote.includes(quote));
    expect(onlyModel[0]).toMatchObject({ quote: reading?.quote, source: reading?.source, refs: reading?.refs });
  });

  it('give two items of one statement their own quotes, lines and links', () => {
    const text = 'Someone mentioned [the list](https://example.org/list)\nand the mirror of erin yesterday.\n';
    const other = aNote(text);
    const alone = { ...parts, readings: () => extract(other, { language, threshold: 0 }).findings };
    const proposals = [
      aProposal('mentioned the list', {}, other),
      aProposal('the list and', { title: 'Keep the list' }, other),
      aProposal('mirror of erin', { title: 'Keep the mirror', owners: ['erin', 'erin'] }, other),
    ];

    const { onlyModel } = compare(other, [], { proposals, refused: {} }, alone);

    expect(
      onlyModel
        .slice(1)
        .map(({ quote, source: { lineStart, lineEnd }, refs }) => [quote, lineStart, lineEnd, refs.length]),
    ).toEqual([
      ['the list and', 1, 2, 1],
      ['mirror of erin', 2, 2, 0],
    ]);
    expect(onlyModel[2]?.owners).toEqual([{ name: 'ERIN', github: 'erin', launchpad: null }]);
  });

  it('do not take the same words on another line for the same item', () => {
    const other = aNote(
      '* ACTION: alice to fix the build\n\nYesterday bob said this:\n\n* ACTION: alice to fix the build\n',
    );
    const found = extract(other, { language }).findings;
    const [first, second] = found;
    const proposal = { ...aProposal('alice to fix the build', {}, other), block: other.blocks.length - 1 };

    const { both, onlyRules } = compare(other, found, { proposals: [proposal], refused: {} }, parts);

    expect(found).toHaveLength(2);
    expect(both.map(({ source }) => source)).toEqual([second?.source]);
    expect(onlyRules).toEqual([first]);
  });
});

describe('what goes on', () => {
  const model: Model = {
    ask: async () => ({
      proposals: [aProposal('look at the release tooling'), aProposal('old gate job')],
      refused: { quote: 1 },
    }),
    warning: () => null,
  };
  const second = (mode: 'merge' | 'compare', threshold: number) =>
    secondOpinion(model, [{ note, findings: rules, readings: parts.readings }], { ...parts, mode, threshold });

  it('is what either found, when merged', async () => {
    const { findings, comparisons } = await second('merge', 0.44);

    expect(findings).toHaveLength(3);
    expect(findings.filter(({ evidence }) => evidence.includes('model'))).toHaveLength(2);
    expect(comparisons).toMatchObject([{ note: note.source, refused: { quote: 1 } }]);
  });

  it('is what is sure enough, also of the model', async () => {
    const { findings, comparisons } = await second('merge', 0.6);

    expect(findings).toHaveLength(2);
    expect(comparisons[0]?.onlyModel).toHaveLength(1);
  });

  it('is what the rules found, when compared', async () => {
    const { findings, comparisons } = await second('compare', 0.44);

    expect(findings).toEqual(rules);
    expect(comparisons[0]?.onlyModel).toHaveLength(1);
  });
});
