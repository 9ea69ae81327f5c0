import { type PlacedRef, refOf } from './ref.ts';
import { type Context, governorsOf, type Statement } from './statement.ts';

/** What bare numbers and keys mean in a note: what it links to under them, else an issue of the repository it is about. */
interface Numbers {
  readonly linked: ReadonlyMap<string, string>;
  readonly repository: string | null;
  /** `INT` → `https://jira.example.org/browse/`, from the note's links to issues of that project. */
  readonly projects: ReadonlyMap<string, string>;
}

const cache = new WeakMap<Context, Numbers>();

/** "#12", "PR 12", "GH-12", "bug 123456", "INT-12", "KEP-12", "T123456": a sign of a number, or a project's key. */
const NAMED =
  /(?<![\w/#&.-])(?:(?<sign>#|!|(?:PRs?|pull requests?|issues?|bugs?|tickets?|bz|rhbz|gh|lp|story|stories|change|review|nep|pep|rfc|rfe|kep)[ :-]{0,2}#?)(?<n>\d{1,9})|(?<key>[A-Z][A-Z\d]{1,11}-\d{1,7}|T\d{4,7}))(?!\w)/gi;

/** Refs that a text names by a bare number or key; none where the note does not show whose they are. */
export function bareRefs(text: string, context: Context, statement: Statement | null = null): readonly PlacedRef[] {
  const numbers = numbersOf(context);
  const found: PlacedRef[] = [];
  for (const match of text.matchAll(NAMED)) {
    const { sign = '', n = '', key } = match.groups ?? {};
    const url = key === undefined ? ofNumber(sign, n, numbers, context, statement) : ofKey(key, numbers);
    if (url !== null) found.push({ ref: refOf(url), start: match.index, end: match.index + match[0].length });
  }
  return found;
}

function ofKey(key: string, { linked, projects }: Numbers): string | null {
  const prefix = projects.get(key.replace(/-\d+$/, ''));
  return linked.get(key.toUpperCase()) ?? (prefix === undefined || !/^[A-Z]/.test(key) ? null : `${prefix}${key}`);
}

function ofNumber(
  sign: string,
  n: string,
  { linked, repository }: Numbers,
  context: Context,
  statement: Statement | null,
): string | null {
  const word = sign.replace(/(?<![\s:#-])[\s:#-]+$/, '').toUpperCase();
  const known = linked.get(`${word.replace(/S$/, '')}-${n}`) ?? linked.get(n);
  if (known !== undefined) return known;
  const near = statement === null ? null : repositoryAbove(statement, context);
  const owner = near ?? repository;
  const isGitHub = sign.endsWith('#') ? /^(?:|PRS?|PULL REQUESTS?|ISSUES?|GH)$/.test(word) : word === 'GH';
  if (owner === null || !isGitHub) return null;
  return `https://github.com/${owner}/${/^(?:PR|PULL)/.test(word) ? 'pull' : 'issues'}/${n}`;
}

/** "### example/project": the repository that a heading or the bullet above names. */
function repositoryAbove({ block }: Statement, context: Context): string | null {
  const lines = [...governorsOf(block, context).map(({ text }) => text), ...block.section.toReversed()];
  for (const line of lines.slice(0, 6)) {
    const found = /^(?<repository>[a-z\d][\w.-]{1,38}\/[\w.-]{1,60}):?$/i.exec(line.trim().slice(0, 102))?.groups
      ?.repository;
    if (found !== undefined) return found;
  }
  return null;
}

function numbersOf(context: Context): Numbers {
  const known = cache.get(context);
  if (known !== undefined) return known;
  const links = context.note.blocks.flatMap((block) => block.links);
  const numbers = { linked: linkedUnder(links), repository: mainRepository(links), projects: projectsOf(links) };
  cache.set(context, numbers);
  return numbers;
}

interface Named {
  readonly text: string;
  readonly url: string;
}

/** Number or key to address, for those under which the note links to one thing only. */
function linkedUnder(links: readonly Named[]): ReadonlyMap<string, string> {
  const found = new Map<string, string | null>();
  for (const { text, url } of links) {
    const bare = url.replace(/[?#](?!.*(?:id=|\/)).*$/, '').replace(/\/$/, '');
    for (const name of new Set([...namesInAddress(bare), ...namesInText(text)]))
      found.set(name, found.has(name) && found.get(name) !== bare ? null : bare);
  }
  return new Map([...found].flatMap(([name, url]) => (url === null ? [] : [[name, url] as const])));
}

/** `issues/12`, `show_bug.cgi?id=12`, `browse/INT-12`, `T123456`, `+bug/12`, `keps/…/12-name`. */
function namesInAddress(url: string): readonly string[] {
  const last =
    /(?:[/=](?:issues?|pulls?|merge_requests|\+?bugs?|tickets?|story|actions)\/|\bid=|\+\/|\/c\/|\/)(?<n>\d{1,9})$/.exec(
      url,
    )?.groups?.n;
  const key = /\/(?<key>[A-Z][A-Z\d]{1,11}-\d{1,7}|T\d{4,7})$/.exec(url)?.groups?.key;
  const paper = /\/(?<kind>pep|nep|rfc|kep)s?[-_/](?:[\w-]{1,40}\/)?0{0,3}(?<n>\d{1,5})(?:$|[-./])/i.exec(url)?.groups;
  return [
    ...(last === undefined ? [] : [last]),
    ...(key === undefined ? [] : [key]),
    ...(paper === undefined ? [] : [`${paper.kind?.toUpperCase()}-${paper.n}`]),
  ];
}

/** What a link is called: "#12", "KEP-12", "bug 12". */
function namesInText(text: string): readonly string[] {
  if (text.length > 30) return [];
  const found = /^\W{0,2}(?<word>[A-Za-z]{1,12})?[\s:#-]{0,3}(?<n>\d{1,9})\W{0,2}$/.exec(text)?.groups;
  if (found === undefined) return [];
  const { word = '', n = '' } = found;
  return word === 'T' ? [`T${n}`] : word === '' ? [n] : [`${word.toUpperCase()}-${n}`];
}

/** The trackers whose issues have keys, by the project's letters. */
function projectsOf(links: readonly Named[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { url } of links) {
    const { prefix, project } =
      /^(?<prefix>https?:\/\/\S{4,200}\/browse\/)(?<project>[A-Z][A-Z\d]{1,11})-\d{1,7}$/.exec(url)?.groups ?? {};
    if (prefix !== undefined && project !== undefined) found.set(project, prefix);
  }
  return found;
}

/** The repository that nearly all of the linked issues are in. */
function mainRepository(links: readonly Named[]): string | null {
  const counts = new Map<string, number>();
  let total = 0;
  for (const { url } of links) {
    const { kind, id } = refOf(url);
    if (kind !== 'github-issue' && kind !== 'github-pull') continue;
    const repository = (id ?? '').replace(/#.*$/, '');
    counts.set(repository, (counts.get(repository) ?? 0) + 1);
    total += 1;
  }
  const [best] = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return best !== undefined && best[1] * 4 >= total * 3 ? best[0] : null;
}
