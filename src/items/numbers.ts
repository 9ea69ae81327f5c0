import type { Ref } from './item.ts';
import { type PlacedRef, refOf } from './ref.ts';
import type { Context } from './statement.ts';

/** What a bare "#12" means in a note: the issue of that number that it links to, else one of the repository it is about. */
interface Numbers {
  readonly linked: ReadonlyMap<string, string>;
  readonly repository: string | null;
}

const cache = new WeakMap<Context, Numbers>();

/** Refs that a text names by a bare number ("merge #12", "PR 12"); none where the note does not show whose numbers they are. */
export function bareRefs(text: string, context: Context): readonly PlacedRef[] {
  const { linked, repository } = numbersOf(context);
  const found: PlacedRef[] = [];
  for (const match of text.matchAll(/(?<![\w/#&])(?:(?:PR|issue|pull request) ?)?#(?<n>\d{1,6})(?!\w)/gi)) {
    const number = match.groups?.n ?? '';
    const part = /^(?:PR|pull)/i.test(match[0]) ? 'pull' : 'issues';
    const url =
      linked.get(number) ?? (repository === null ? null : `https://github.com/${repository}/${part}/${number}`);
    if (url !== null) found.push({ ref: refOf(url), start: match.index, end: match.index + match[0].length });
  }
  return found;
}

function numbersOf(context: Context): Numbers {
  const known = cache.get(context);
  if (known !== undefined) return known;
  const refs = context.note.blocks.flatMap(({ links }) => links.map(({ url }) => refOf(url))).filter(isNumbered);
  const numbers = { linked: linkedNumbers(refs), repository: mainRepository(refs) };
  cache.set(context, numbers);
  return numbers;
}

function isNumbered({ kind }: Ref): boolean {
  return kind === 'github-issue' || kind === 'github-pull';
}

/** Number to address, for numbers of which the note links to one thing only. */
function linkedNumbers(refs: readonly Ref[]): ReadonlyMap<string, string> {
  const found = new Map<string, string | null>();
  for (const { id, url } of refs) {
    const number = (id ?? '').replace(/^.*#/, '');
    const bare = url.replace(/[?#].*$/, '');
    found.set(number, found.has(number) && found.get(number) !== bare ? null : bare);
  }
  return new Map([...found].flatMap(([number, url]) => (url === null ? [] : [[number, url] as const])));
}

/** The repository that nearly all of the linked issues are in. */
function mainRepository(refs: readonly Ref[]): string | null {
  const counts = new Map<string, number>();
  for (const { id } of refs) {
    const repository = (id ?? '').replace(/#.*$/, '');
    counts.set(repository, (counts.get(repository) ?? 0) + 1);
  }
  const [best] = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return best !== undefined && best[1] * 4 >= refs.length * 3 ? best[0] : null;
}
