import type { ItemKey } from '../items/item.ts';

export type Did = 'created' | 'adopted' | 'updated' | 'nothing' | 'uncertain' | 'failed';

/** What became of one planned change, "nothing" included, with the reason. */
export interface Outcome {
  readonly key: ItemKey;
  readonly title: string;
  /** The tracker's name; null when no route took the item. */
  readonly tracker: string | null;
  readonly did: Did;
  readonly issue: { readonly id: string; readonly url: string } | null;
  /** A sentence that a person understands. */
  readonly because: string;
  /** What did not stick, and what else the reader should know. */
  readonly notes: readonly string[];
}
