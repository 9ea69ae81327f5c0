import type { Item } from '../items/item.ts';
import type { PlanInput, RouteRule } from './input.ts';

/** The route that an item takes: the one a person chose in a review, else the first whose conditions all hold. */
export function routeOf(item: Item, input: Pick<PlanInput, 'routes' | 'chosen'>): RouteRule | null {
  const chosen = input.chosen.get(item.key);
  const open = chosen === undefined ? input.routes : input.routes.filter((route) => route.tracker === chosen);
  const taken = open.find((route) => takes(route, item)) ?? null;
  return taken ?? (chosen === undefined ? null : bareRoute(chosen));
}

/** The first route to one tracker that takes the item; null when none does. */
export function routeTo(tracker: string, item: Item, routes: readonly RouteRule[]): RouteRule | null {
  return routes.find((route) => route.tracker === tracker && takes(route, item)) ?? null;
}

function bareRoute(tracker: string): RouteRule {
  return { tracker, labels: [], tags: [], titlePrefix: '' };
}

function takes(route: RouteRule, item: Item): boolean {
  return (
    (route.kind === undefined || route.kind === item.kind) &&
    (route.section === undefined || anyHas(item.section, route.section)) &&
    (route.note === undefined || anyHas(notesOf(item), route.note)) &&
    (route.owner === undefined || anyHas(ownersOf(item), route.owner)) &&
    (route.words === undefined || route.words.some((word) => hasWord(`${item.title}\n${item.quote}`, word)))
  );
}

function notesOf(item: Item): string[] {
  return [item.source.note, item.note.title, ...item.alsoIn.flatMap((place) => [place.note, place.noteFacts.title])];
}

function ownersOf(item: Item): string[] {
  return item.owners.flatMap((owner) => [owner.name, owner.github ?? '', owner.launchpad ?? '']);
}

function anyHas(texts: readonly string[], part: string): boolean {
  const wanted = part.toLowerCase();
  return texts.some((text) => text.toLowerCase().includes(wanted));
}

const LETTER = /[\p{L}\p{N}_]/u;

/** Whether the words stand in the text as whole words; case does not matter. */
function hasWord(text: string, word: string): boolean {
  const hay = text.toLowerCase();
  const needle = word.toLowerCase();
  for (let at = hay.indexOf(needle); at !== -1; at = hay.indexOf(needle, at + 1)) {
    const before = hay[at - 1] ?? ' ';
    const after = hay[at + needle.length] ?? ' ';
    if (!LETTER.test(before) && !LETTER.test(after)) return true;
  }
  return false;
}
