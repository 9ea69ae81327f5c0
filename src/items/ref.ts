import type { Ref, RefKind } from './item.ts';

/** A way to read an address: the first that fits says what it points to. */
interface Reader {
  readonly kind: RefKind;
  readonly pattern: RegExp;
  /** The number or name in the address that stands for the thing; absent where only the address does. */
  readonly id?: (parts: Readonly<Record<string, string | undefined>>) => string;
}

const READERS: readonly Reader[] = [
  {
    kind: 'launchpad-bug',
    pattern:
      /^https?:\/\/(?:[a-z0-9.-]+\.)?launchpad\.net\/(?:[^?#]{0,200}\/)?(?:\+bug|bugs)\/(?<id>\d{1,9})(?![\w-])/i,
    id: ({ id = '' }) => id,
  },
  {
    kind: 'launchpad-blueprint',
    pattern: /^https?:\/\/(?:[a-z0-9.-]+\.)?launchpad\.net\/[^?#]{1,200}\/\+spec\/[\w.+-]+/i,
  },
  {
    kind: 'github-pull',
    pattern: /^https?:\/\/(?:www\.)?github\.com\/(?<owner>[\w.-]+)\/(?<repo>[\w.-]+)\/pull\/(?<n>\d{1,9})(?!\d)/i,
    id: ({ owner, repo, n }) => `${owner}/${repo}#${n}`,
  },
  {
    kind: 'github-issue',
    pattern: /^https?:\/\/(?:www\.)?github\.com\/(?<owner>[\w.-]+)\/(?<repo>[\w.-]+)\/issues\/(?<n>\d{1,9})(?!\d)/i,
    id: ({ owner, repo, n }) => `${owner}/${repo}#${n}`,
  },
  {
    kind: 'gerrit-change',
    pattern:
      /^https?:\/\/(?:review|gerrit)\.[a-z0-9.-]+\/(?:#\/)?(?:q\/)?(?:c\/(?:[\w./-]{1,120}\/\+\/)?)?(?<n>\d{2,9})(?!\d)/i,
    id: ({ n = '' }) => n,
  },
  {
    kind: 'storyboard-story',
    pattern: /^https?:\/\/storyboard\.[a-z0-9.-]+\/(?:#!\/)?story\/(?<n>\d{1,12})(?!\d)/i,
    id: ({ n = '' }) => n,
  },
  { kind: 'spec', pattern: /^https?:\/\/specs\.[a-z0-9.-]+\// },
  { kind: 'spec', pattern: /^https?:\/\/[^\s?#]{1,200}-specs?\/[^\s?#]{1,300}\.(?:rst|md|html)\b/i },
  {
    kind: 'etherpad',
    pattern: /^https?:\/\/(?:[a-z0-9.-]{0,80}\.)?(?:etherpad|pad|hackmd|codimd)[a-z0-9.-]{0,80}\/./i,
  },
  { kind: 'etherpad', pattern: /^https?:\/\/[a-z0-9.-]*etherpad[a-z0-9.-]*\/./i },
];

/** What an address points to. */
export function refOf(url: string): Ref {
  for (const { kind, pattern, id } of READERS) {
    const found = pattern.exec(url);
    if (found !== null) return { url, kind, id: id === undefined ? null : id(found.groups ?? {}) };
  }
  return { url, kind: 'link', id: null };
}

/** The kinds that are a piece of work in some tracker, and not only something to read. */
const WORK: ReadonlySet<RefKind> = new Set([
  'launchpad-bug',
  'launchpad-blueprint',
  'github-issue',
  'github-pull',
  'gerrit-change',
  'storyboard-story',
]);

/** Whether a ref is a bug, blueprint, issue, story or change under review. */
export function isWork({ kind }: Ref): boolean {
  return WORK.has(kind);
}

/** A ref that stands in a text, and where. */
export interface PlacedRef {
  readonly ref: Ref;
  readonly start: number;
  readonly end: number;
}

/** Names of trackers' things in running text, with the address that each stands for. */
const SHORTHANDS: readonly {
  readonly pattern: RegExp;
  readonly url: (parts: Readonly<Record<string, string>>) => string;
  /** Other communities number their bugs too: this is meant only in notes that show whose the numbers are. */
  readonly ours?: true;
}[] = [
  {
    pattern: /(?<![\w/#.-])(?<owner>[A-Za-z\d][\w.-]{0,38})\/(?<repo>[\w.-]{1,60})#(?<n>\d{1,7})(?!\w)/g,
    url: ({ owner, repo, n }) => `https://github.com/${owner}/${repo}/issues/${n}`,
  },
  {
    pattern: /(?<![\w/])(?:LP|launchpad)(?: ?bugs?)?:? ?#? ?(?<n>\d{5,8})(?!\w)/gi,
    url: ({ n }) => `https://bugs.launchpad.net/bugs/${n}`,
  },
  {
    pattern: /(?<![\w/])bugs? ?#?:? ?(?<n>\d{6,8})(?!\w)/gi,
    url: ({ n }) => `https://bugs.launchpad.net/bugs/${n}`,
    ours: true,
  },
  {
    pattern: /(?<![\w/])(?:review|change|gerrit|patch)(?:es|s)? ?#?:? ?(?<n>\d{5,7})(?!\w)/gi,
    url: ({ n }) => `https://review.opendev.org/${n}`,
    ours: true,
  },
  {
    pattern: /(?<![\w/])stor(?:y|ies) ?#?:? ?(?<n>\d{7,10})(?!\w)/gi,
    url: ({ n }) => `https://storyboard.openstack.org/#!/story/${n}`,
    ours: true,
  },
];

/** Refs that a text names without an address: "LP #1815933", "owner/repo#12"; where the numbers are OpenStack's also "bug 1815933", "review 281628". */
export function namedRefs(text: string, openStack = true): readonly PlacedRef[] {
  const found: PlacedRef[] = [];
  for (const { pattern, url, ours } of SHORTHANDS) {
    if (ours === true && !openStack) continue;
    for (const match of text.matchAll(pattern)) {
      const start = match.index;
      found.push({ ref: refOf(url(match.groups as Record<string, string>)), start, end: start + match[0].length });
    }
  }
  return found;
}
