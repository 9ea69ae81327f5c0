import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { loadLanguage } from '../../config/language.ts';
import { extract } from '../../src/items/extract.ts';
import type { Language } from '../../src/items/language.ts';
import { merge } from '../../src/items/merge.ts';
import { parseNote } from '../../src/notes/read.ts';
import { aFinding } from './build.ts';

let language: Language;
beforeAll(async () => {
  language = await loadLanguage();
});

/** What notes are made of, and what makes rules look further: blanks, brackets, quotes, addresses, names, verbs. */
const PIECE = fc.constantFrom(
  ...' |  |\t|(|)|[|]|"|\'|*|_|`|<|>|-|=|#|.|, |; |: |/|@|a|Al |1. |alice to |ACTION: |to do |, and |will |. Then |http://a.b/c |[a](|[1]|(b) |- |* |> |<br>|<a b="|before the |it |the '
    .split('|')
    .filter((piece) => piece !== ''),
  '|',
  '\n',
  '\n\n',
  '\n- ',
  '\n  - ',
  '\n> ',
  '\n| ',
  '\n# ',
  '\nalice: ',
);
const RUN = fc.record({
  start: fc.array(PIECE, { maxLength: 3 }),
  run: fc.array(PIECE, { minLength: 1, maxLength: 3 }),
});

const [SMALL, TIMES] = [2_000, 8];
/** A linear rule takes 8 times as long, a quadratic one 64 times; a busy machine blurs that. */
const MOST = 32;
const FLOOR_MS = 4;

it('takes time in proportion to a note, whatever is repeated in it', () => {
  fc.assert(
    fc.property(RUN, ({ start, run }) => {
      const noteOf = (size: number) => start.join('') + run.join('').repeat(Math.ceil(size / run.join('').length));
      const small = Math.max(FLOOR_MS, least(noteOf(SMALL)));
      expect(least(noteOf(SMALL * TIMES), small * MOST)).toBeLessThan(small * MOST);
    }),
    { numRuns: 15 },
  );
}, 60_000);

it('compares an item with few others, also when hundreds of notes have its heading', () => {
  const findings = (notes: number) =>
    Array.from({ length: notes }, (_, n) =>
      aFinding({
        from: `note-${n}.md`,
        section: ['Actions'],
        title: `Write documentation part x${n}`,
        quote: `Alice will write documentation part x${n} of chapter y${n * 7} about the upgrade`,
      }),
    );
  const [few, many] = [findings(190), findings(1_500)];
  merge(few);

  const small = Math.max(
    FLOOR_MS,
    leastOf(() => merge(few)),
  );

  expect(leastOf(() => expect(merge(many)).toHaveLength(1_500), small * MOST)).toBeLessThan(small * MOST);
});

function least(text: string, enough = 0): number {
  return leastOf(() => {
    try {
      merge(extract(parseNote('note.md', Buffer.from(text)), { language }).findings);
    } catch (error) {
      expect(String(error)).toMatch(/is empty/);
    }
  }, enough);
}

/** The least of a few tries, in milliseconds: what disturbs one of them says nothing. Stops at what is fast enough. */
function leastOf(work: () => void, enough = 0): number {
  let least = Number.POSITIVE_INFINITY;
  for (let n = 0; n < 3 && least >= enough; n += 1) {
    const began = performance.now();
    work();
    least = Math.min(least, performance.now() - began);
  }
  return least;
}
