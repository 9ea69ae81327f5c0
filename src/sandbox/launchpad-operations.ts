import { created, json, page, type Reply } from './launchpad-page.ts';
import { pathAt } from './launchpad-search.ts';
import type { Place } from './launchpad-show.ts';
import { showMilestone, showPerson } from './launchpad-show-places.ts';
import {
  descriptionText,
  type Form,
  listValue,
  Refusal,
  requiredText,
  tagList,
  textValue,
  titleText,
} from './launchpad-values.ts';
import type { SandboxBug, SandboxProject, SandboxTask, World } from './launchpad-world.ts';

const SERIES =
  "Can't create a bug on a series. Create it with a non-series task instead, and target it to the series afterwards.";

/** The named operation `createBug`: everything or nothing. */
export function createBug(world: World, place: Place, person: string, form: Form): Reply {
  const target = targetValue(world, place, requiredText(form, 'target'));
  const title = titleText(requiredText(form, 'title'));
  const description = descriptionText(requiredText(form, 'description'));
  const tags = tagList('tags', listValue(form, 'tags') ?? []);
  const type = textValue(form, 'information_type') ?? 'Public';
  const id = Math.max(1_999_999, ...world.bugs.keys()) + 1;
  const now = world.now();
  const bug: SandboxBug = {
    id,
    title,
    description,
    tags,
    name: null,
    duplicateOf: null,
    locked: false,
    private: !type.startsWith('Public'),
    owner: person,
    created: now,
    updated: now,
    tasks: [newTask(target, person, now)],
    messages: [{ owner: person, subject: title, content: description, created: now }],
  };
  world.bugs.set(id, bug);
  return created(`${place.api}/bugs/${id}`);
}

function newTask(target: string, owner: string, created: Date): SandboxTask {
  return { target, status: 'New', importance: 'Undecided', assignee: null, milestone: null, owner, created, dates: {} };
}

function targetValue(world: World, place: Place, address: string): string {
  const [name = '', series] = (pathAt(place, address) ?? '').slice(1).split('/');
  const project = world.projects.get(name);
  if (series !== undefined && project?.series.includes(series)) throw new Refusal(400, SERIES);
  if (project === undefined || series !== undefined) throw new Refusal(400, `target: No such object "${address}".`);
  if (project.kind !== 'project') throw new Refusal(400, `target: Object "${address}" is not of the type IBugTarget.`);
  return name;
}

/** The operation `newMessage`: a comment. */
export function newMessage(world: World, place: Place, person: string, bug: SandboxBug, form: Form): Reply {
  const content = requiredText(form, 'content');
  const subject = textValue(form, 'subject') ?? `Re: ${bug.title}`;
  const now = world.now();
  bug.messages.push({ owner: person, subject, content, created: now });
  bug.updated = now;
  return created(`${place.api}/${bug.tasks[0]?.target ?? ''}/+bug/${bug.id}/comments/${bug.messages.length - 1}`);
}

/** The operation `addTask`: the bug affects another project too; refused when it does already. */
export function addTask(world: World, place: Place, person: string, bug: SandboxBug, form: Form): Reply {
  const target = targetValue(world, place, requiredText(form, 'target'));
  if (bug.tasks.some((task) => task.target === target)) {
    throw new Refusal(400, `A fix for this bug has already been requested for ${target}`);
  }
  const now = world.now();
  bug.tasks.push(newTask(target, person, now));
  bug.updated = now;
  return created(`${place.api}/${target}/+bug/${bug.id}`);
}

/** The operation `getMilestone`; `null` when there is none of that name. */
export function getMilestone(place: Place, project: SandboxProject, form: Form): Reply {
  const name = requiredText(form, 'name');
  return json(project.milestones.includes(name) ? showMilestone(place, project, name) : null);
}

/** The operations on people: by address, by a part of the name. */
export function findPeople(world: World, place: Place, operation: string, form: Form): Reply {
  if (operation === 'getByEmail') {
    const email = requiredText(form, 'email').toLowerCase();
    const person = [...world.people.values()].find((each) => each.email?.toLowerCase() === email);
    return json(person === undefined ? null : showPerson(place, person));
  }
  const words = requiredText(form, 'text').toLowerCase();
  const found = [...world.people.values()].filter(
    (person) =>
      (person.name.includes(words) || person.displayName.toLowerCase().includes(words)) &&
      (operation === 'find' || (operation === 'findTeam') === (person.members !== null)),
  );
  return page(place, `${place.api}/people`, form, found, (person) => showPerson(place, person));
}
