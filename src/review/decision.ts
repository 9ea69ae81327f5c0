import type { ItemKey, ItemKind } from '../items/item.ts';

/**
 * What a person decided about one item. What is absent is left as the notes say it. It is found again by its key, and by
 * the words when those change.
 */
export interface Decision {
  readonly key: ItemKey;
  /** The statement and the headings above it, so that the file can be read, and the item known again. */
  readonly says: string;
  readonly under: readonly string[];
  /** `drop`: it is no item; it is never filed. */
  readonly decided: 'keep' | 'drop';
  readonly title?: string | undefined;
  readonly kind?: ItemKind | undefined;
  /** Names as `people.yaml` has them; an empty list for nobody. */
  readonly owners?: readonly string[] | undefined;
  /** The tracker that it goes to, whatever the routes say. */
  readonly tracker?: string | undefined;
  /** The address of the issue that exists for it already. */
  readonly tracked?: string | undefined;
  /** It is this known item said anew; `none`: it is another one. Settles what the plan calls doubtful. */
  readonly sameAs?: ItemKey | 'none' | undefined;
}
