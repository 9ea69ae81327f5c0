import type { ItemKind } from '../items/item.ts';

/** An item that the model found and whose quote stands in the note: `block.text` from `start` to `end`. */
export interface Proposal {
  readonly kind: ItemKind;
  readonly title: string;
  readonly quote: string;
  /** Names that stand in the note. */
  readonly owners: readonly string[];
  /** The index of its block. */
  readonly block: number;
  readonly start: number;
  readonly end: number;
}

/**
 * Why something that the model offered is not taken.
 *
 * - `form`: it has not the form that was asked for. `many`: an answer held more than a part of a note can.
 * - `quote`: its quote does not stand in the note word for word. `title`: it has no usable title. `twice`: it said so before.
 */
export type Why = 'form' | 'many' | 'quote' | 'title' | 'twice';

/** How many offers were refused, by reason; reasons without a case are absent. */
export type Refused = Readonly<Partial<Record<Why, number>>>;

/** What the model made of a note. */
export interface Opinion {
  readonly proposals: readonly Proposal[];
  readonly refused: Refused;
}
