import type { Places } from './place.ts';
import type { Context } from './statement.ts';

const known = new WeakMap<Context, boolean>();

/** Whether a heading or line of the note announces a list of actions: what is work stands there, the rest is more often talk. */
export function listsActions(context: Context, places: Places): boolean {
  const found = known.get(context) ?? announcesActions(context, places);
  known.set(context, found);
  return found;
}

function announcesActions({ note, children }: Context, places: Places): boolean {
  return note.blocks.some(({ kind, index, text }) => {
    const announces = kind === 'heading' || kind === 'term' || children.has(index);
    if (!announces) return false;
    const { ids, pure } = places.of(text);
    return pure && ids.includes('place-actions');
  });
}
