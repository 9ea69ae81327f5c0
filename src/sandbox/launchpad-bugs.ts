import { type Call, entry, noSuchOperation, notFound, operationOf } from './launchpad-call.ts';
import { patchBug, patchTask } from './launchpad-change.ts';
import { addTask, createBug, newMessage } from './launchpad-operations.ts';
import { json, page, type Reply } from './launchpad-page.ts';
import { searchTasks } from './launchpad-search.ts';
import { showBug, showTask } from './launchpad-show.ts';
import { showMessage } from './launchpad-show-places.ts';
import { Refusal } from './launchpad-values.ts';
import { maySee, type SandboxBug, type SandboxProject } from './launchpad-world.ts';

/** The collection of all bugs: creating one, searching in all projects. */
export function allBugs(call: Call): Reply {
  const { world, place, person: me, form, method } = call;
  const operation = operationOf(call);
  if (method === 'POST' && operation === 'createBug' && me !== null) return createBug(world, place, me, form);
  if (method === 'GET' && operation === 'searchTasks') return searchTasks(world, place, me, null, form);
  if (method === 'GET' && operation === null) {
    const bugs = [...world.bugs.values()];
    return page(place, `${place.api}/bugs`, form, bugs, (bug) => (maySee(world, me, bug) ? showBug(place, bug) : null));
  }
  throw operation === null ? new Refusal(405, '') : noSuchOperation(operation);
}

/** A bug, its tasks and its messages. */
export function aBug(call: Call, bug: SandboxBug, part: string | undefined): Reply {
  const { world, place, person: me, form, method, path } = call;
  if (part === 'bug_tasks') {
    return page(place, `${place.api}${path}`, form, bug.tasks, (task) => showTask(place, bug, task));
  }
  if (part === 'messages') {
    const indices = bug.messages.map((_, index) => index);
    return page(place, `${place.api}${path}`, form, indices, (index) => showMessage(place, bug, index));
  }
  if (part !== undefined) throw notFound();
  if (method === 'PATCH' && me !== null) return patchBug(changeOf(call, me), bug);
  const operation = operationOf(call);
  if (method === 'POST' && me !== null) {
    if (operation === 'newMessage') return newMessage(world, place, me, bug, form);
    if (operation === 'addTask') return addTask(world, place, me, bug, form);
  }
  if (operation !== null) throw noSuchOperation(operation);
  return entry(call, showBug(place, bug));
}

/** A bug's task on a project, and the comments under that address. */
export function aTask(call: Call, bug: SandboxBug, project: SandboxProject, part: string | undefined): Reply {
  const { place, person: me, method, path } = call;
  const task = bug.tasks.find((each) => each.target === project.name);
  if (task === undefined) throw notFound();
  const index = Number(path.split('/').at(-1));
  if (part === 'comments' && bug.messages[index] !== undefined) return json(showMessage(place, bug, index));
  if (part !== undefined) throw notFound();
  if (method === 'PATCH' && me !== null) return patchTask(changeOf(call, me), bug, task);
  const operation = operationOf(call);
  if (operation !== null) throw noSuchOperation(operation);
  return entry(call, showTask(place, bug, task));
}

/** A bug by its number or nickname; one that the asker may not see is as if it were not there. */
export function findBug({ world, person: me }: Call, idOrName: string): SandboxBug {
  const bug = world.bugs.get(Number(idOrName)) ?? [...world.bugs.values()].find(({ name }) => name === idOrName);
  if (bug === undefined) throw notFound();
  if (!maySee(world, me, bug)) throw me === null ? new Refusal(401, "(<Bug>, 'title', 'launchpad.View')") : notFound();
  return bug;
}

function changeOf({ world, place, headers, body }: Call, me: string) {
  const mediaType = headers['content-type'] ?? '';
  return { world, place, person: me, mediaType, ifMatch: headers['if-match'] ?? null, body };
}
