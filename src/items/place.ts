import type { Block } from '../notes/note.ts';
import type { Language } from './language.ts';
import { findPatterns } from './patterns.ts';
import { type Context, governorsOf, type Statement } from './statement.ts';
import { wordsOf } from './tokens.ts';

/** Reads what the headings and lead-in lines of a note announce; each line is read once. */
export interface Places {
  /** Cue ids of a text, with how it ends: a colon announces more strongly. */
  readonly of: (text: string) => readonly string[];
}

/** A reader that remembers what it read; headings repeat for every statement below them. */
export function placesOf(language: Language): Places {
  const known = new Map<string, readonly string[]>();
  return {
    of(text) {
      const cached = known.get(text);
      if (cached !== undefined) return cached;
      const words = wordsOf(text.slice(-200));
      const found = [
        ...new Set(findPatterns(language.patterns.place, words, language.lexicon.forms).map((hit) => hit.id)),
      ];
      known.set(text, found);
      return found;
    },
  };
}

/** Features of where a statement stands: kind of block, list, position, headings, the nearest line it hangs on. */
export function placeFeatures(statement: Statement, context: Context, places: Places): readonly string[] {
  const { block } = statement;
  const features = [`kind:${block.kind}`, `depth:${Math.min(block.depth, 3)}`];
  if (block.ordered) features.push('ordered');
  if (block.checked !== null) features.push(block.checked ? 'checked' : 'unchecked');
  addHeadings(features, block, places);
  addGovernors(features, block, context, places);
  addList(features, block, context);
  addPosition(features, statement, context);
  return features;
}

function addHeadings(features: string[], block: Block, places: Places): void {
  const nearest = block.section[block.section.length - 1];
  if (nearest === undefined) {
    features.push('no-heading');
    return;
  }
  for (const id of places.of(nearest)) features.push(`heading:${id}`);
  const outer = block.section[block.section.length - 2];
  if (outer !== undefined) for (const id of places.of(outer)) features.push(`outer:${id}`);
}

function addGovernors(features: string[], block: Block, context: Context, places: Places): void {
  const governors = governorsOf(block, context);
  const [nearest, above] = governors;
  if (nearest === undefined) return;
  features.push(`under:${nearest.kind}`);
  if (nearest.text.endsWith(':')) features.push('under-colon');
  for (const id of places.of(nearest.text)) features.push(`under:${id}`);
  if (nearest.text.length < 40) for (const id of places.of(nearest.text)) features.push(`under-short:${id}`);
  if (above !== undefined) for (const id of places.of(above.text)) features.push(`above:${id}`);
}

function addList(features: string[], block: Block, context: Context): void {
  if (block.list === null) return;
  const siblings = context.siblings.get(block.list)?.length ?? 1;
  features.push(siblings === 1 ? 'list:1' : siblings < 4 ? 'list:2-3' : siblings < 9 ? 'list:4-8' : 'list:9+');
  if ((context.children.get(block.index)?.length ?? 0) > 0) features.push('has-children');
}

function addPosition(features: string[], statement: Statement, context: Context): void {
  const own = context.ofBlock[statement.block.index] ?? [];
  const [first] = own;
  const last = own[own.length - 1];
  features.push(own.length === 1 ? 'alone' : first === statement ? 'first' : last === statement ? 'last' : 'middle');
  if (statement.clause > 0) features.push('later-clause');
  if (statement.text.endsWith(':')) {
    features.push('ends-colon');
    if ((context.children.get(statement.block.index)?.length ?? 0) > 0 && last === statement) features.push('leads-in');
  }
  const share = statement.index / Math.max(1, context.statements.length);
  features.push(share < 0.1 ? 'note:top' : share > 0.9 ? 'note:end' : 'note:body');
}
