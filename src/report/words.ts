import { daysSince } from './figures.ts';
import type { Report, ReportItem } from './report.ts';

/** An issue as people say it: `#41`, `LP 2104411`, `review 123`; the number alone where the address tells nothing. */
export function shortRef({ id, url }: NonNullable<ReportItem['issue']>): string {
  if (/\/\+bug\/|bugs\.launchpad/.test(url)) return `LP ${id}`;
  if (/\/(?:issues|pull)\/\d+$/.test(url)) return id.includes('#') ? id : `#${id}`;
  if (/\/c\/|\/#\/c\//.test(url)) return `review ${id}`;
  if (/storyboard/.test(url)) return `story ${id}`;
  return id === url ? (url.split('/').at(-1) ?? url) : id;
}

/** What is to be said of an item besides its state: overdue, stale, unowned, remarks. */
export function attention(item: ReportItem, at: string): readonly string[] {
  const said: string[] = [];
  if (item.overdue && item.due !== null) said.push(`overdue (${item.due.text})`);
  if (item.stale && item.updatedAt !== null) said.push(`stale (${count(daysSince(item.updatedAt, at), 'day')})`);
  if (item.unowned) said.push('nobody has it');
  return [...said, ...overElsewhere(item), ...item.remarks];
}

/** Bugs, issues and changes that an open item points to and whose work is over: perhaps the item is done with them. */
function overElsewhere({ state, issue, refs }: ReportItem): readonly string[] {
  if (state !== 'open' && state !== 'in-progress') return [];
  return refs
    .filter((ref) => (ref.state === 'done' || ref.state === 'dropped') && ref.url !== issue?.url)
    .map((ref) => `${shortRef({ id: ref.id ?? ref.url, url: ref.url })} is ${ref.state} (${ref.raw ?? ref.state})`);
}

/** The item's owners as named, else whom the tracker assigned, else nobody. */
export function whose({ owners, assignees }: ReportItem): string {
  const names = owners.length > 0 ? owners.map(({ name }) => name) : assignees;
  return names.length > 0 ? names.join(', ') : '–';
}

/** What moved since the report before; null when there was none. */
export function sinceLast({ since, at }: Report): string | null {
  if (since === null) return null;
  const told = [
    [since.done, 'done'],
    [since.dropped, 'dropped'],
    [since.added, 'new'],
    [since.newlyStale, 'newly stale'],
  ] as const;
  const moved = told.filter(([number]) => number > 0).map(([number, word]) => `${number} ${word}`);
  return `since ${ago(since.at, at)}: ${moved.length === 0 ? 'nothing moved' : moved.join(', ')}`;
}

/** A note's title with its date. */
export function noteLine({ title, date }: { readonly title: string; readonly date: string | null }): string {
  return date === null ? title : `${title}, ${longDate(date)}`;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `12 Nov 2019` for `2019-11-12`; by hand, since the locale library takes longer to load than all the rest to print. */
export function longDate(date: string): string {
  const { year, month, day } = /^(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})/.exec(date)?.groups ?? {};
  const name = MONTHS[Number(month) - 1];
  return name === undefined ? date : `${Number(day)} ${name} ${year}`;
}

/** `1 day`, `2 days`. */
export function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}

function ago(time: string, now: string): string {
  const hours = Math.floor((Date.parse(now) - Date.parse(time)) / 3_600_000);
  if (hours < 1) return 'less than an hour ago';
  if (hours < 48) return `${count(hours, 'hour')} ago`;
  return `${count(Math.floor(hours / 24), 'day')} ago (${longDate(time)})`;
}
