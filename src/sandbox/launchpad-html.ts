import type { Reply } from './launchpad-page.ts';
import { maySee, type SandboxBug, type World } from './launchpad-world.ts';

/** Text that is safe within HTML. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}

/** The page of a bug, for people who follow a link in a report. */
export function bugPage(world: World, bug: SandboxBug): Reply {
  if (!maySee(world, null, bug))
    return { status: 404, headers: { 'Content-Type': 'text/html;charset=utf-8' }, body: 'Lost something?' };
  const tasks = bug.tasks.map(
    (task) =>
      `<li>${[task.target, task.status, task.importance, task.assignee ?? 'unassigned', task.milestone ?? ''].map(escapeHtml).join(' · ')}</li>`,
  );
  const messages = bug.messages
    .slice(1)
    .map((message) => `<h3>${escapeHtml(message.owner)}</h3><pre>${escapeHtml(message.content)}</pre>`);
  const body = `<h1>Bug #${bug.id}: ${escapeHtml(bug.title)}</h1><ul>${tasks.join('')}</ul><p>Tags: ${escapeHtml(bug.tags.join(', '))}</p><pre>${escapeHtml(bug.description)}</pre>${messages.join('')}`;
  return {
    status: 200,
    headers: { 'Content-Type': 'text/html;charset=utf-8' },
    body: `<!doctype html><title>Bug #${bug.id} (sandbox)</title><style>body{font:15px/1.5 sans-serif;max-width:46em;margin:2em auto}pre{white-space:pre-wrap}</style>${body}`,
  };
}
