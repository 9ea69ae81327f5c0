import type { Finding } from '../items/item.ts';
import type { Note } from '../notes/note.ts';
import type { Model } from './ask.ts';
import { type CompareParts, type Comparison, compare } from './compare.ts';

/** A second opinion of the notes of a run. */
export interface SecondOpinion {
  /** One for each note. */
  readonly comparisons: readonly Comparison[];
  /** The findings that go on: the rules' alone in `compare`, those of both in `merge`. */
  readonly findings: readonly Finding[];
  /** One sentence when the model could not be used for all of it, else null. */
  readonly warning: string | null;
}

/** One note with what the rules found in it. */
export interface FirstOpinion extends Pick<CompareParts, 'readings'> {
  readonly note: Note;
  readonly findings: readonly Finding[];
}

/** How the two opinions are joined. */
export interface SecondOptions extends Omit<CompareParts, 'readings'> {
  readonly mode: 'merge' | 'compare';
  /** What the model alone found is an item only from this confidence on. */
  readonly threshold: number;
}

/** Asks the model about notes that the rules have read. Never throws for what the model does. */
export async function secondOpinion(
  model: Model,
  firsts: readonly FirstOpinion[],
  options: SecondOptions,
): Promise<SecondOpinion> {
  const comparisons: Comparison[] = [];
  for (const { note, findings, readings } of firsts) {
    comparisons.push(compare(note, findings, await model.ask(note), { ...options, readings }));
  }
  const findings =
    options.mode === 'compare'
      ? firsts.flatMap((first) => first.findings)
      : comparisons.flatMap(({ both, onlyModel, onlyRules }) => [
          ...both,
          ...onlyRules,
          ...onlyModel.filter(({ confidence }) => confidence >= options.threshold),
        ]);
  return { comparisons, findings, warning: model.warning() };
}
