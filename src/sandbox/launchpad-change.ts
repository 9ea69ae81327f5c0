import { json, type Reply } from './launchpad-page.ts';
import {
  assigneeSetter,
  duplicate,
  guarded,
  milestoneAt,
  nickname,
  set,
  statusSetter,
  targetAt,
} from './launchpad-setters.ts';
import { etagMeets, type Place, type Shown, showBug, showTask } from './launchpad-show.ts';
import { choice, descriptionText, Refusal, tagList, titleText } from './launchpad-values.ts';
import { IMPORTANCES, type SandboxBug, type SandboxTask, supervises, type World } from './launchpad-world.ts';

/** A write to an entry: who, what content type, what If-Match, which JSON. */
export interface Change {
  readonly world: World;
  readonly place: Place;
  readonly person: string;
  readonly mediaType: string;
  readonly ifMatch: string | null;
  readonly body: string;
}

/** Changes one field, or refuses: with 400 while the values are looked at, with 401 while they are applied. */
type Setter = (value: unknown) => () => void;

/** PATCH of a bug: its texts, tags, nickname, and what it is a duplicate of. */
export function patchBug(change: Change, bug: SandboxBug): Reply {
  const { world, place } = change;
  const mayEdit = !bug.locked || bug.tasks.some((task) => supervises(world, change.person, task.target));
  const unlocked = (field: string, step: () => void) =>
    guarded(mayEdit, `(<lp.bugs.model.bug.Bug object>, '${field}', 'launchpad.Edit')`, step);
  const setters: Record<string, Setter> = {
    title: (value) => unlocked('title', set(bug, 'title', titleText(value))),
    description: (value) => unlocked('description', set(bug, 'description', descriptionText(value))),
    tags: (value) => {
      if (!Array.isArray(value))
        throw new Refusal(400, `tags: got '${typeof value}', expected list: ${JSON.stringify(value)}`);
      return unlocked('tags', set(bug, 'tags', tagList('tags', value)));
    },
    name: (value) => set(bug, 'name', nickname(world, bug, value)),
    private: (value) => set(bug, 'private', value === true),
    duplicate_of_link: (value) => set(bug, 'duplicateOf', duplicate(world, place, bug, value)),
  };
  const show = () => showBug(place, bug, change.mediaType);
  apply(change, show, setters, () => {
    bug.updated = world.now();
  });
  return contentReturned(showBug(place, bug));
}

/** PATCH of a task: status, importance, assignee, milestone, each with its own rule of who may. */
export function patchTask(change: Change, bug: SandboxBug, task: SandboxTask): Reply {
  const { world, place, person } = change;
  const trusted = supervises(world, person, task.target);
  const before = task.target;
  const setters: Record<string, Setter> = {
    status: (value) => statusSetter(world, person, trusted, bug, task, choice('status', value, world.statuses)),
    importance: (value) => {
      const importance = choice('importance', value, IMPORTANCES);
      return guarded(trusted, 'User does not have sufficient permissions to edit the bug task importance.', () => {
        task.importance = importance;
      });
    },
    assignee_link: (value) => assigneeSetter(world, place, person, trusted, task, value),
    milestone_link: (value) => {
      const milestone = milestoneAt(world, place, task, value);
      return guarded(trusted, 'User does not have sufficient permissions to edit the bug task milestone.', () => {
        task.milestone = milestone;
      });
    },
    target_link: (value) => set(task, 'target', targetAt(world, place, value)),
  };
  const show = () => showTask(place, bug, task, change.mediaType);
  apply(change, show, setters, () => {
    bug.updated = world.now();
  });
  if (task.target !== before) {
    return { status: 301, headers: { Location: `${place.api}/${task.target}/+bug/${bug.id}` }, body: '' };
  }
  return contentReturned(showTask(place, bug, task));
}

/** All values are looked at before any is applied; but one that is refused while it is applied leaves the earlier ones. */
function apply(
  change: Change,
  show: () => Shown,
  setters: Readonly<Record<string, Setter>>,
  touched: () => void,
): void {
  if (!/^application\/json(?:;|$)/.test(change.mediaType))
    throw new Refusal(415, 'Expected a media type of application/json.');
  const present = show();
  if (change.ifMatch !== null && !etagMeets(change.ifMatch, String(present.http_etag))) throw new Refusal(412, '');
  const steps: (() => void)[] = [];
  const problems: string[] = [];
  for (const [name, value] of Object.entries(readObject(change.body))) {
    try {
      const step = stepFor(name, value, present, setters);
      if (step !== null) steps.push(step);
    } catch (error) {
      if (!(error instanceof Refusal) || error.status !== 400) throw error;
      problems.push(error.message);
    }
  }
  if (problems.length > 0) throw new Refusal(400, problems.join('\n'));
  for (const step of steps) {
    step();
    touched();
  }
}

function stepFor(
  name: string,
  value: unknown,
  present: Shown,
  setters: Readonly<Record<string, Setter>>,
): (() => void) | null {
  if (!(name in present)) throw new Refusal(400, `${name}: You tried to modify a nonexistent attribute.`);
  const setter = Object.hasOwn(setters, name) ? setters[name] : undefined;
  const unchanged = JSON.stringify(present[name]) === JSON.stringify(value);
  if (setter === undefined) {
    if (unchanged) return null;
    throw new Refusal(400, `${name}: You tried to modify a read-only attribute.`);
  }
  return unchanged ? null : setter(value);
}

function readObject(body: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    throw new Refusal(400, 'Entity-body was not a well-formed JSON document.');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Refusal(400, 'Expected a JSON hash.');
  return { ...value };
}

function contentReturned(shown: Shown): Reply {
  const reply = json(shown, 209);
  return { ...reply, headers: { ...reply.headers, ETag: String(shown.http_etag) } };
}
