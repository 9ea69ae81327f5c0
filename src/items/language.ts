import { compileLexicon, type Lexicon, type RawWords } from './lexicon.ts';
import type { Model } from './model.ts';
import { compilePattern, indexPatterns, type PatternIndex } from './patterns.ts';

export type CueKind = 'commitment' | 'phrase' | 'marker' | 'place' | 'request' | 'context';

/** One entry of `config/cues.yaml`. */
export interface Cue {
  readonly id: string;
  readonly kind: CueKind;
  readonly weight: number;
  readonly any: readonly string[];
  readonly example: string;
  readonly why: string;
}

/** Everything that the stage knows before it sees a note: the words, the cues and their weights. */
export interface Language {
  readonly lexicon: Lexicon;
  readonly cues: ReadonlyMap<string, Cue>;
  readonly patterns: Readonly<Record<Exclude<CueKind, 'context'>, PatternIndex>>;
  readonly model: Model;
}

/** Makes the tables of `config/` ready for use; the caller reads the files. Cues of somebody's own come with their weights. */
export function compileLanguage(
  words: RawWords,
  standard: readonly Cue[],
  model: Model,
  own: readonly Cue[] = [],
): Language {
  const replaced = new Set(own.map(({ id }) => id));
  const cues = [...standard.filter(({ id }) => !replaced.has(id)), ...own];
  const indexOf = (kind: CueKind) =>
    indexPatterns(
      cues.filter((cue) => cue.kind === kind).flatMap((cue) => cue.any.map((source) => compilePattern(cue.id, source))),
    );
  const features = { ...model.features, ...Object.fromEntries(own.map(({ id, weight }) => [id, weight])) };
  return {
    lexicon: compileLexicon(words),
    cues: new Map(cues.map((cue) => [cue.id, cue])),
    patterns: {
      commitment: indexOf('commitment'),
      phrase: indexOf('phrase'),
      marker: indexOf('marker'),
      place: indexOf('place'),
      request: indexOf('request'),
    },
    model: { ...model, features },
  };
}
