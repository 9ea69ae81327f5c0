import type { Language } from '../../src/items/language.ts';
import { gramsOf, type Model } from '../../src/items/model.ts';
import type { Annotated } from './corpus.ts';
import { type Example, fitLogistic } from './logistic.ts';
import { WRITTEN_BY_US } from './written.ts';

/** How hard the fit is pulled: features to the cue table, words to nothing. */
export interface Settings {
  readonly pullFeatures: number;
  readonly pullWords: number;
  /** How much a passage that may or may not be an item counts, as one. */
  readonly eitherWeight: number;
  /** How much a statement counts that was written for the fit; one of a note of usual length counts 1. */
  readonly writtenWeight: number;
  readonly minDocsFeature: number;
  readonly minDocsWord: number;
  /** Taken off all log-odds: so much too sure the fit was of notes that it had not seen. */
  readonly caution: number;
  readonly threshold: number;
}

export const SETTINGS: Settings = {
  pullFeatures: 4,
  pullWords: 12,
  eitherWeight: 0.1,
  writtenWeight: 0.5,
  minDocsFeature: 2,
  minDocsWord: 3,
  caution: 0.45,
  threshold: 0.4,
};

const USUAL_LENGTH = 120;
const BIAS = '*bias';
const WORD = 'w ';

/** Fits a model to annotated notes. */
export function train(notes: readonly Annotated[], language: Language, settings: Settings = SETTINGS): Model {
  const ids = vocabularyOf(notes, new Set(language.cues.keys()), settings);
  const examples: Example[] = [];
  for (const note of notes) {
    // A long note says little more than a short one; half the way to counting every note alike did best.
    const even =
      note.community === WRITTEN_BY_US ? settings.writtenWeight : Math.sqrt(USUAL_LENGTH / note.readings.length);
    note.readings.forEach((reading, at) => {
      const label = note.labels[at];
      if (label === undefined) return;
      const known = namesOf(reading).flatMap((name) => ids.get(name) ?? []);
      const weight = even * (label === 'either' ? settings.eitherWeight : 1);
      examples.push({ ids: Int32Array.from(known), label: label === 'nothing' ? 0 : 1, weight });
    });
  }
  const towards = new Float64Array(ids.size);
  const strength = new Float64Array(ids.size);
  for (const [name, id] of ids) {
    towards[id] = name === BIAS ? -3 : (language.cues.get(name)?.weight ?? 0);
    strength[id] = name === BIAS ? 0.01 : name.startsWith(WORD) ? settings.pullWords : settings.pullFeatures;
  }
  return modelOf(ids, fitLogistic(examples, { towards, strength }), settings);
}

function namesOf(reading: Annotated['readings'][number]): readonly string[] {
  return [BIAS, ...reading.features, ...gramsOf(reading.words).map((gram) => WORD + gram)];
}

function vocabularyOf(notes: readonly Annotated[], cues: ReadonlySet<string>, settings: Settings): Map<string, number> {
  const docs = new Map<string, Set<string>>();
  for (const note of notes) {
    for (const reading of note.readings) {
      for (const name of namesOf(reading)) {
        const seen = docs.get(name) ?? new Set();
        seen.add(note.doc);
        docs.set(name, seen);
      }
    }
  }
  const ids = new Map<string, number>();
  for (const [name, seen] of docs) {
    const least = name.startsWith(WORD) ? settings.minDocsWord : settings.minDocsFeature;
    if (seen.size >= Math.min(least, notes.length) || cues.has(name)) ids.set(name, ids.size);
  }
  for (const name of cues) if (!ids.has(name)) ids.set(name, ids.size);
  return ids;
}

function modelOf(ids: ReadonlyMap<string, number>, weights: Float64Array, settings: Settings): Model {
  const features: Record<string, number> = {};
  const words: Record<string, number> = {};
  let bias = 0;
  for (const [name, id] of [...ids].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const weight = Math.round((weights[id] ?? 0) * 1000) / 1000;
    if (name === BIAS) bias = Math.round((weight - settings.caution) * 1000) / 1000;
    else if (Math.abs(weight) < 0.01) continue;
    else if (name.startsWith(WORD)) words[name.slice(WORD.length)] = weight;
    else features[name] = weight;
  }
  return { about: '', bias, features, words, threshold: settings.threshold };
}
