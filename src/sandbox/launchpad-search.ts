import { omitsDuplicates, page, type Reply } from './launchpad-page.ts';
import { type Place, showTask } from './launchpad-show.ts';
import { choice, dateValue, type Form, listValue, Refusal, textValue } from './launchpad-values.ts';
import { CLOSED, IMPORTANCES, maySee, type SandboxBug, type SandboxTask, type World } from './launchpad-world.ts';

interface Row {
  readonly bug: SandboxBug;
  readonly task: SandboxTask;
}

/**
 * `searchTasks`, with what it leaves out unless it is told otherwise: closed bugs and duplicates. Tags match when any of
 * them does. Parameters that it does not know are overlooked, so a wrong name searches without a filter.
 */
export function searchTasks(
  world: World,
  place: Place,
  person: string | null,
  project: string | null,
  form: Form,
): Reply {
  const rows = [...world.bugs.values()].flatMap((bug) => bug.tasks.map((task): Row => ({ bug, task })));
  const wanted = filters(world, place, form);
  const found = rows
    .filter(({ task }) => project === null || task.target === project)
    .filter((row) => wanted.every((fits) => fits(row)))
    .sort(order(listValue(form, 'order_by') ?? ['-importance']));
  const address = project === null ? `${place.api}/bugs` : `${place.api}/${project}`;
  return page(place, address, form, found, ({ bug, task }) =>
    maySee(world, person, bug) ? showTask(place, bug, task) : null,
  );
}

function filters(world: World, place: Place, form: Form): ((row: Row) => boolean)[] {
  const statuses = statusFilter(world, form);
  const importances = listValue(form, 'importance')?.map((value) =>
    choice('importance', value, ['Unknown', ...IMPORTANCES]),
  );
  const reporter = personValue(world, place, form, 'bug_reporter');
  const assignee = personValue(world, place, form, 'assignee');
  const modified = dateValue(form, 'modified_since');
  const since = dateValue(form, 'created_since');
  const until = dateValue(form, 'created_before');
  const words = textValue(form, 'search_text')?.toLowerCase() ?? null;
  const tagged = tagFilter(form);
  const duplicates = !omitsDuplicates(form);
  return [
    ({ task }) => statuses.includes(task.status),
    ({ task }) => importances === undefined || importances.includes(task.importance),
    ({ bug }) => reporter === null || bug.owner === reporter,
    ({ task }) => assignee === null || task.assignee === assignee,
    ({ bug }) => modified === null || bug.updated > modified,
    ({ task }) => since === null || task.created > since,
    ({ task }) => until === null || task.created < until,
    ({ bug }) => words === null || `${bug.title}\n${bug.description}`.toLowerCase().includes(words),
    ({ bug }) => tagged(bug.tags),
    ({ bug }) => duplicates || bug.duplicateOf === null,
  ];
}

function statusFilter(world: World, form: Form): string[] {
  const given = listValue(form, 'status');
  if (given === null) return world.statuses.filter((status) => !CLOSED.includes(status));
  const words = [...world.statuses, 'Unknown', 'Incomplete (with response)', 'Incomplete (without response)'];
  return given.map((status) => choice('status', status, words).replace(/ \(with(?:out)? response\)$/, ''));
}

function tagFilter(form: Form): (tags: readonly string[]) => boolean {
  const wanted = listValue(form, 'tags');
  if (wanted === null || wanted.length === 0) return () => true;
  const all = choice('tags_combinator', form.get('tags_combinator')?.[0] ?? 'Any', ['Any', 'All']) === 'All';
  const fits = (tags: readonly string[]) => (tag: string) => {
    if (tag === '*') return tags.length > 0;
    if (tag === '-*') return tags.length === 0;
    return tag.startsWith('-') ? !tags.includes(tag.slice(1)) : tags.includes(tag);
  };
  return (tags) => (all ? wanted.every(fits(tags)) : wanted.some(fits(tags)));
}

/** A person is named by the API's address on the host that was asked, or by a path from its root. */
function personValue(world: World, place: Place, form: Form, name: string): string | null {
  const value = textValue(form, name);
  return value === null ? null : personAt(world, place, name, value);
}

/** The person at an address. */
export function personAt(world: World, place: Place, field: string, address: string): string {
  const path = pathAt(place, address);
  const person = path === null ? undefined : world.people.get(decodeURIComponent(path.replace(/^\/~/, '')));
  if (!path?.startsWith('/~') || person === undefined) throw new Refusal(400, `${field}: No such object "${address}".`);
  return person.name;
}

/** The path of an address below the API root; null when it is another host's, a page's, or has a query. */
export function pathAt(place: Place, address: string): string | null {
  if (/[?#]/.test(address)) return null;
  if (address.startsWith('/')) return address;
  return address.startsWith(`${place.api}/`) ? address.slice(place.api.length) : null;
}

const ORDERS: Readonly<Record<string, (row: Row) => number | string>> = {
  id: ({ bug }) => bug.id,
  task: ({ bug }) => bug.id,
  importance: ({ task }) => IMPORTANCES.length - IMPORTANCES.indexOf(task.importance),
  status: ({ task }) => task.status,
  title: ({ bug }) => bug.title,
  assignee: ({ task }) => task.assignee ?? '',
  reporter: ({ bug }) => bug.owner,
  targetname: ({ task }) => task.target,
  datecreated: ({ task }) => task.created.getTime(),
  date_last_updated: ({ bug }) => bug.updated.getTime(),
  message_count: ({ bug }) => bug.messages.length,
};

function order(names: readonly string[]): (a: Row, b: Row) => number {
  const keys = names.map((name) => {
    const key = ORDERS[name.replace(/^-/, '')];
    if (key === undefined) throw new Refusal(400, `Unrecognized order_by: ${name}`);
    return { key, sign: name.startsWith('-') ? -1 : 1 };
  });
  return (a, b) => {
    for (const { key, sign } of keys) {
      const [left, right] = [key(a), key(b)];
      if (left !== right) return left < right ? -sign : sign;
    }
    return 0;
  };
}
